// What a page does by itself: questions that answer, fields for guesses, whole pages in
// print. Without JavaScript all text stands there as well.
// It is no module, as browsers load none of those from a file on a disk.
"use strict";

// Questions ------------------------------------------------------------------------------

/** Bytes without an end; the same as `_stream` in `website/quiz.py`. */
function* stream(start) {
  let state = 2166136261;
  for (const byte of new TextEncoder().encode(start)) state = Math.imul(state ^ byte, 16777619) >>> 0;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield state & 255;
  }
}

/** What the page replies to a letter: whether it is right, and a sentence. */
function reply({ name, lesson, replies }, letter) {
  const mixed = Uint8Array.from(atob(replies[letter]), (sign) => sign.charCodeAt(0));
  const masks = stream(`${lesson} ${name} ${letter}`);
  const plain = new TextDecoder().decode(mixed.map((byte) => byte ^ masks.next().value)).trim();
  return { right: plain[0] === "1", text: plain.slice(1) };
}

/** Make a form of a question's list of options. */
function makeForm(box) {
  const told = JSON.parse(box.querySelector("script").textContent);
  const list = [...box.querySelectorAll("ul")].at(-1);
  const group = `${told.lesson}-${told.name}`;
  const fields = element("fieldset", { className: "quiz-options" });
  const legend = element("legend", { className: "visually-hidden" });
  legend.textContent = "Choose an answer";
  fields.append(legend);
  for (const item of [...list.children]) {
    const letter = item.querySelector("strong").textContent;
    const choice = element("input", { type: "radio", name: group, value: letter, required: true });
    const label = element("label", { className: "quiz-option" });
    const words = element("span", {});
    // An option is a paragraph of its own in a list with space between its lines.
    words.append(...(item.firstElementChild?.tagName === "P" ? item.firstElementChild : item).childNodes);
    label.append(choice, words);
    fields.append(label);
  }
  const button = element("button", { type: "submit", className: "course-button" });
  button.textContent = "Check";
  const said = element("p", { className: "quiz-reply" });
  said.setAttribute("role", "status");
  const form = element("form", {});
  form.append(fields, button, said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const letter = new FormData(form).get(group);
    const { right, text } = reply(told, letter);
    said.textContent = right ? `${letter}: right.` : `${letter}: not yet. ${text}`;
    said.dataset.right = right;
  });
  form.addEventListener("change", () => {
    said.textContent = "";
    delete said.dataset.right;
  });
  list.replaceWith(form);
  box.querySelector(".quiz-still").remove();
}

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

// Guesses --------------------------------------------------------------------------------

/** Give a box a field for the reader's guess. It is kept nowhere. */
function addField(box) {
  const label = element("label", { className: "predict-guess" });
  const field = element("input", { type: "text", autocomplete: "off" });
  label.append("Your guess ", field);
  box.append(label);
}

// Print ----------------------------------------------------------------------------------

/** What is folded up stands on paper as well; afterwards it is folded up again. */
function unfoldForPrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("article details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
}

// Keyboard -------------------------------------------------------------------------------

/** The theme lets Tab reach code that scrolls, but looks only once, at what is not folded. */
function reachCode() {
  const reach = ({ target }) => {
    for (const code of target.querySelectorAll?.("pre") ?? []) code.tabIndex = 0;
  };
  document.addEventListener("toggle", reach, true);
}

/** The theme's buttons that unfold the list of pages have no name. */
function nameFolds() {
  for (const fold of document.querySelectorAll("summary:has(> .toctree-toggle)")) {
    const link = fold.closest("li").querySelector("a");
    fold.setAttribute("aria-label", `Pages below ${link.textContent.trim()}`);
  }
}

reachCode();
nameFolds();
document.querySelectorAll(".quiz").forEach(makeForm);
document.querySelectorAll(".admonition.predict").forEach(addField);
unfoldForPrint();
