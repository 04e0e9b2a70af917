
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const detail = document.getElementById("detail");
  const hint = detail.firstElementChild;
  const hidden = new Set();

  const make = (tag, text, parent) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (parent) parent.append(element);
    return element;
  };
  const idOf = (mark) => mark.id || mark.dataset.of;
  const piecesOf = (id) => document.querySelectorAll(`article mark[id="${id}"], article mark[data-of="${id}"]`);
  const textOf = (id) => Array.from(piecesOf(id), (piece) => piece.textContent).join("");
  const written = (cell) => (cell === true ? "是" : cell === false ? "否" : String(cell));
  const isOff = (mark) => Array.from(mark.classList).every((kind) => hidden.has(kind) || !(kind in data.tables));

  // The columns of the records at a place, one below the other.
  function describe(id) {
    for (const [kind, ...cells] of data.records[id]) {
      const table = data.tables[kind];
      const head = make("h3", textOf(id), detail);
      head.append(make("small", table.zh));
      const list = make("dl", undefined, detail);
      cells.forEach((cell, i) => {
        if (cell === null || cell === "") return;
        make("dt", table.columns[i], list);
        make("dd", written(cell), list);
      });
    }
  }

  // Show the records of a mark, and of the marks around it.
  function choose(mark) {
    const ids = [];
    for (let at = mark; at; at = at.parentElement.closest("article mark")) if (!isOff(at)) ids.push(idOf(at));
    if (!ids.length) return;
    const chosen = ids[0];
    for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
    for (const piece of piecesOf(chosen)) piece.classList.add("chosen");
    for (const old of document.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
    for (const link of document.querySelectorAll(`.records a[href="#${chosen}"]`)) link.setAttribute("aria-current", "true");
    detail.replaceChildren();
    ids.forEach(describe);
    // On a narrow screen the records cover the lower part of the text.
    const hiddenFrom = getComputedStyle(detail).position === "fixed" ? detail.getBoundingClientRect().top : innerHeight;
    if (mark.getBoundingClientRect().bottom + 20 > hiddenFrom) mark.scrollIntoView({ block: "center" });
  }

  function close() {
    for (const old of document.querySelectorAll(".chosen")) old.classList.remove("chosen");
    detail.replaceChildren(hint);
  }

  // The address names a record: show it, and its table where that was hidden.
  function arrive() {
    const mark = document.querySelector("article mark:target");
    if (!mark) return;
    if (isOff(mark)) {
      for (const box of document.querySelectorAll(".tables input")) {
        if (mark.classList.contains(box.value)) { box.checked = true; toggle(box); }
      }
    }
    choose(mark);
    mark.focus({ preventScroll: true });
  }

  // A record's address goes into the address bar without the page moving under the reader.
  function name(id) {
    const x = scrollX, y = scrollY;
    location.replace("#" + id);
    scrollTo(x, y);
  }

  function toggle(box) {
    if (box.checked) hidden.delete(box.value); else hidden.add(box.value);
    for (const mark of document.querySelectorAll("article mark")) {
      const off = isOff(mark);
      mark.classList.toggle("unmarked", off);
      if (mark.id) mark.tabIndex = off ? -1 : 0;
    }
    document.querySelector(".records." + box.value).hidden = !box.checked;
  }

  function find(words) {
    const wanted = words.trim().toLowerCase();
    for (const list of document.querySelectorAll(".records")) {
      let n = 0;
      for (const item of list.querySelectorAll("li")) {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
        if (!item.hidden) n += 1;
      }
      list.querySelector(".n").textContent = n;
      if (wanted) list.open = n > 0;
    }
  }

  document.documentElement.classList.add("js");
  const article = document.querySelector("article");
  article.addEventListener("click", (event) => {
    const mark = event.target.closest("article mark:not(.unmarked)");
    if (!mark || String(getSelection())) return;
    choose(mark);
    name(idOf(mark));
  });
  article.addEventListener("focusin", (event) => {
    if (event.target.matches("mark")) choose(event.target);
  });
  article.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("mark")) name(idOf(event.target));
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  for (const box of document.querySelectorAll(".tables input")) {
    box.addEventListener("change", () => toggle(box));
    if (!box.checked) toggle(box);
  }
  document.getElementById("find").addEventListener("input", (event) => find(event.target.value));
  addEventListener("hashchange", arrive);
  if (innerWidth < 1200) document.querySelector("nav details").open = false;
  arrive();
})();
