// The page's own script: answers to questions, fields for guesses, printing of folded parts.
// Without JavaScript the page still shows all text.
// It is not a module, because browsers load no modules from files on a disk.
"use strict";

// Questions ------------------------------------------------------------------------------

/** Yield endless bytes; the same as `_stream` in `website/quiz.py`. */
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

/** Return whether a letter is right, and the sentence to reply. */
function reply({ name, lesson, replies }, letter) {
  const mixed = Uint8Array.from(atob(replies[letter]), (sign) => sign.charCodeAt(0));
  const masks = stream(`${lesson} ${name} ${letter}`);
  const plain = new TextDecoder().decode(mixed.map((byte) => byte ^ masks.next().value)).trim();
  return { right: plain[0] === "1", text: plain.slice(1) };
}

/** Replace a question's list of options by a form. */
function makeForm(box) {
  const question = JSON.parse(box.querySelector("script").textContent);
  const list = [...box.querySelectorAll("ul")].at(-1);
  const group = `${question.lesson}-${question.name}`;
  const fields = element("fieldset", { className: "quiz-options" });
  const legend = element("legend", { className: "visually-hidden" });
  legend.textContent = "Choose an answer";
  fields.append(legend);
  for (const item of [...list.children]) {
    const letter = item.querySelector("strong").textContent;
    const choice = element("input", { type: "radio", name: group, value: letter, required: true });
    const label = element("label", { className: "quiz-option" });
    const words = element("span", {});
    // In a list with blank lines between its items, each option is a paragraph.
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
    const { right, text } = reply(question, letter);
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

/** Add a field for the reader's guess to a box. Guesses are not stored. */
function addField(box) {
  const label = element("label", { className: "predict-guess" });
  const field = element("input", { type: "text", autocomplete: "off" });
  label.append("Your guess ", field);
  box.append(label);
}

// Print ----------------------------------------------------------------------------------

/** Unfold all folded parts for printing, and fold them again afterwards. */
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

/** Let Tab reach code in unfolded parts; the theme does so only for parts that begin unfolded. */
function reachCode() {
  const reach = ({ target }) => {
    for (const code of target.querySelectorAll?.("pre") ?? []) code.tabIndex = 0;
  };
  document.addEventListener("toggle", reach, true);
}

/** Name the theme's buttons that unfold the list of pages. */
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
