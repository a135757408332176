// What the pages need no script for, made quicker: a search over the board's pages, and filters over a table's rows.
(() => {
  "use strict";
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // The search. The list of pages is a script of the site, loaded when somebody first wants it.
  const index = document.body.dataset.index;
  const bar = document.getElementById("masthead");
  if (index && bar) {
    const top = index.slice(0, index.lastIndexOf("/", index.lastIndexOf("/") - 1) + 1);
    const input = make("input", { type: "search", id: "search", placeholder: "Search", autocomplete: "off", "aria-controls": "found" });
    const found = make("ul", { class: "found", id: "found", hidden: "" });
    const count = make("output", { class: "unseen", for: "search" });
    const label = make("label", { for: "search", class: "unseen" }, "Search this board’s pages");
    const box = make("div", { class: "search", role: "search" }, label, input, count, found);
    bar.append(box);
    let pages = null;
    window.planIndex = (list) => {
      pages = list.map(([title, place, address]) => ({ title, place, address, words: plain(`${title} ${place}`) }));
      show();
    };
    const load = () => {
      if (pages) return;
      pages = [];
      document.head.append(make("script", { src: index }));
    };
    const show = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      const hits = words.length ? (pages || []).filter((page) => words.every((word) => page.words.includes(word))) : [];
      const shown = hits.slice(0, 20).map(({ title, place, address }) =>
        make("li", {}, make("a", { href: top + address }, title), ...(place ? [make("span", { class: "faint" }, place)] : [])));
      if (words.length && !shown.length) shown.push(make("li", {}, "Nothing is called that."));
      found.replaceChildren(...shown);
      found.hidden = !words.length;
      count.value = words.length ? `${hits.length} found` : "";
    };
    input.addEventListener("focus", load);
    input.addEventListener("input", () => { load(); show(); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.value = "";
      show();
      input.focus();
    });
    box.addEventListener("focusout", (event) => {
      if (!box.contains(event.relatedTarget)) found.hidden = true;
    });
    input.addEventListener("focus", show);
  }

  // The filters. A table with merged cells is parted into whole rows while it is filtered.
  const LONG = 12;
  const KINDS = 8;
  let number = 0;
  for (const table of document.querySelectorAll("main table")) {
    if (table.tBodies.length && table.querySelectorAll("tbody tr").length >= LONG) addFilters(table);
  }

  function addFilters(table) {
    const bodies = [...table.tBodies];
    const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
    const rows = wholeRows(bodies, heads.length);
    const texts = rows.map((cells) => cells.map((cell) => (cell ? cell.textContent.trim() : "")));
    const choices = heads.map((head, at) => {
      const values = [...new Set(texts.map((cells) => cells[at]))].filter(Boolean);
      const isDate = rows.some((cells) => cells[at] && cells[at].querySelector("time"));
      const isShort = !isDate && values.every((value) => value.length <= 30 && !/^[\d.,–-]+$/.test(value));
      return head && isShort && values.length > 1 && values.length <= KINDS ? { head, at, values: values.sort() } : null;
    }).filter(Boolean);
    number += 1;
    const words = make("input", { type: "search", id: `filter-${number}`, autocomplete: "off" });
    const selects = choices.map(({ head, at, values }) => {
      const select = make("select", {}, make("option", { value: "" }, "any"), ...values.map((value) => make("option", {}, value)));
      select.dataset.at = at;
      return { select, label: make("label", {}, head, select) };
    });
    const count = make("output", {});
    const box = make("div", { class: "filters", role: "group", "aria-label": "Filter the table" },
      make("label", {}, "Show rows with", words), ...selects.map(({ label }) => label), count);
    (table.closest(".scroll") || table).before(box);
    const filtered = make("tbody");
    box.addEventListener("input", () => {
      const asked = plain(words.value).split(/\s+/).filter(Boolean);
      const chosen = selects.map(({ select }) => select).filter((select) => select.value);
      if (!asked.length && !chosen.length) {
        table.replaceChildren(...[...table.children].filter((part) => part.tagName !== "TBODY"), ...bodies);
        count.value = "";
        return;
      }
      const kept = rows.filter((_, at) => {
        const all = plain(texts[at].join(" "));
        return asked.every((word) => all.includes(word)) && chosen.every((select) => texts[at][select.dataset.at] === select.value);
      });
      filtered.replaceChildren(...kept.map((cells) => make("tr", {}, ...cells.filter(Boolean).map(single))));
      table.replaceChildren(...[...table.children].filter((part) => part.tagName !== "TBODY"), filtered);
      count.value = `${kept.length} of ${rows.length} rows`;
    });
  }

  // A copy of a cell that stands for one row.
  function single(cell) {
    const copy = cell.cloneNode(true);
    copy.removeAttribute("rowspan");
    return copy;
  }

  // The cells of each row, those included that are one with a cell above.
  function wholeRows(bodies, width) {
    const rows = [];
    for (const body of bodies) {
      const open = Array(width).fill(null);
      for (const row of body.rows) {
        const own = [...row.cells].filter((cell) => !cell.classList.contains("again"));
        const cells = open.map((above) => {
          if (above && above.left > 0) {
            above.left -= 1;
            return above.cell;
          }
          return null;
        });
        for (let at = 0; at < width; at += 1) {
          if (cells[at]) continue;
          const cell = own.shift();
          if (!cell) continue;
          cells[at] = cell;
          open[at] = { cell, left: cell.rowSpan - 1 };
        }
        rows.push(cells);
      }
    }
    return rows;
  }
})();
