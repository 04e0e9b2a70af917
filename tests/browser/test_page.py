"""The page in a real browser: Chromium, headless, with nothing but what a reader does."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from govreport_nlp import read
from govreport_nlp.page import write_page, write_pages
from govreport_nlp.tables import open_output, rows
from tests.page.test_page import CORPUS, hostile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1400,900",
)  # fmt: skip

# Where continuous integration runs these tests, they run; elsewhere they need a browser to be there.
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and os.environ.get("CI") != "true", reason="needs chromium and chromedriver"
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    assert CHROMIUM, "chromium is not installed: apt-get install chromium chromium-driver"
    assert DRIVER, "chromedriver is not installed: apt-get install chromium chromium-driver"
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in (*SWITCHES, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "望朔 2024.html"
    write_page(file, read(CORPUS / "wangshuo-2024.txt"))
    return file


@pytest.fixture(autouse=True)
def quiet(browser: webdriver.Chrome) -> Iterator[None]:
    """Whatever a test does: nothing but the file is asked for, and the console stays empty."""
    browser.get("about:blank")
    browser.get_log("browser")
    asked_for(browser)
    yield
    assert browser.get_log("browser") == []
    asked = asked_for(browser)
    assert asked
    assert all(url.startswith(("file:///", "data:,")) for url in asked), asked


def asked_for(browser: webdriver.Chrome) -> list[str]:
    """The addresses that were asked for since the last time."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def css(browser: webdriver.Chrome, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def columns(browser: webdriver.Chrome) -> dict[str, str]:
    labels, values = ([e.text for e in css(browser, f"#detail {tag}")] for tag in ("dt", "dd"))
    return dict(zip(labels, values, strict=True))


def colour(mark: WebElement) -> str:
    return mark.value_of_css_property("background-color")


def settled(browser: webdriver.Chrome, script: str) -> Any:
    """What ``script`` returns, once it is something."""
    return WebDriverWait(browser, 10).until(lambda driver: driver.execute_script(f"return {script}"))


def test_a_row_of_the_workbook_leads_to_its_words(browser: webdriver.Chrome, tmp_path: Path) -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    write_pages(tmp_path / "out.pages", [report])
    with open_output(tmp_path / "out.xlsx", pages=tmp_path / "out.pages") as output:
        for name in output.tables:
            output.write(name, rows(name, report))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["targets"]
    heads = [cell.value for cell in sheet[1]]
    row = sheet[sheet.max_row]
    cell = row[heads.index("text")]
    file = (cell.hyperlink.target or "").replace("\\", "/")
    browser.get(f"{(tmp_path / file).as_uri()}#{cell.hyperlink.location}")
    mark = settled(browser, "document.querySelector(':target')")
    assert mark.text == cell.value == report.targets[-1].text
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", mark)
    assert 0 < top < 900
    other = css(browser, f"article mark.targets:not(#{mark.get_attribute('id')})")[0]
    assert colour(mark) != colour(other)
    assert columns(browser)["指标"] == row[heads.index("indicator")].value
    assert browser.switch_to.active_element == mark


def test_a_click_shows_the_columns(browser: webdriver.Chrome, page: Path) -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    browser.get(page.as_uri())
    assert css(browser, "#detail .hint")
    project = report.projects[3]
    mark = css(browser, f"#projects-{project.start}-{project.end}")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", mark)
    before = browser.execute_script("return scrollY")
    mark.click()
    assert columns(browser)["项目名称"] == project.name
    assert columns(browser)["规则"] == project.rule
    settled(browser, f"location.hash === '#projects-{project.start}-{project.end}'")
    assert browser.execute_script("return scrollY") == before  # the text stays where the reader has it


def test_the_keyboard_shows_them_too(browser: webdriver.Chrome, page: Path) -> None:
    report = read(CORPUS / "wangshuo-2024.txt")
    browser.get(page.as_uri())
    browser.execute_script("document.querySelector('article mark').focus()")
    browser.switch_to.active_element.send_keys(Keys.TAB)
    mark = browser.switch_to.active_element
    assert mark.tag_name == "mark"
    place = [int(n) for n in str(mark.get_attribute("id")).split("-")[1:]]
    assert [columns(browser)["起点"], columns(browser)["终点"]] == [str(n) for n in place]
    assert report.text[slice(*place)] == mark.text
    mark.send_keys(Keys.ENTER)
    settled(browser, f"location.hash === '#{mark.get_attribute('id')}'")
    mark.send_keys(Keys.ESCAPE)
    assert css(browser, "#detail .hint")


def test_a_table_is_hidden_and_shown(browser: webdriver.Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    mark = css(browser, "article mark.slogans")[0]
    box = css(browser, ".tables input[value=slogans]")[0]
    shown = colour(mark)
    box.click()
    assert colour(mark) != shown
    assert mark.get_attribute("tabindex") == "-1"
    assert not css(browser, "details.slogans")[0].is_displayed()
    assert css(browser, "article mark.targets")[0].get_attribute("tabindex") == "0"
    mark.click()
    assert css(browser, "#detail .hint")
    box.click()
    assert colour(mark) == shown
    mark.click()
    assert "口号与引语" in css(browser, "#detail h3")[0].text


def test_the_list_finds_and_leads(browser: webdriver.Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    css(browser, "#find")[0].send_keys("城镇新增就业")
    found = [link for link in css(browser, ".records a") if link.is_displayed()]
    assert found
    assert all("城镇新增就业" in link.text for link in found)
    found[0].click()
    settled(browser, "document.querySelector('article .chosen')")
    assert columns(browser)["指标"] == "城镇新增就业"


def test_a_section_is_reached_from_the_contents(browser: webdriver.Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    css(browser, "nav a")[-1].click()
    heading = settled(browser, "document.querySelector(':target')")
    assert heading.tag_name.startswith("h")
    assert heading.text.startswith(css(browser, "nav a")[-1].text)
    assert browser.execute_script("return arguments[0].getBoundingClientRect().top", heading) < 900


def test_marks_within_marks_show_all_their_records(browser: webdriver.Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    inner = css(browser, "article mark mark")[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", inner)
    inner.click()
    assert len(css(browser, "#detail dl")) == 2


def test_nothing_of_the_report_runs(browser: webdriver.Chrome, tmp_path: Path) -> None:
    write_page(tmp_path / "a.html", hostile())
    browser.get((tmp_path / "a.html").as_uri())
    for mark in css(browser, "article mark"):
        mark.click()
        assert css(browser, "#detail dl")
    assert browser.title == "</title><script>1</script>"
    assert len(css(browser, "script")) == 2
    assert not css(browser, "img")
    assert "<script>" in css(browser, "article")[0].text


def test_the_policy_stops_what_is_not_the_page_s_own(browser: webdriver.Chrome, page: Path) -> None:
    browser.get(page.as_uri())
    browser.execute_script("""
        const script = document.createElement("script");
        script.textContent = "document.title = 'ran'";
        document.body.append(script);
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/a.png";
        document.body.append(image);
    """)
    assert browser.title != "ran"
    refused = [entry["message"] for entry in browser.get_log("browser")]
    assert len(refused) == 2
    assert all("Content Security Policy" in message for message in refused)
    assert asked_for(browser)[-1].startswith("http:")  # noticed, where it is tried
    browser.get("about:blank")
    browser.get(page.as_uri())


def test_it_reads_without_scripts(browser: webdriver.Chrome, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        target = read(CORPUS / "wangshuo-2024.txt").targets[0]
        browser.get(f"{page.as_uri()}#quantities-{target.start}-{target.end}")
        mark = css(browser, f"#quantities-{target.start}-{target.end}")[0]
        other = css(browser, "article mark.targets:not(:target)")[0]
        assert colour(mark) != colour(other)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
