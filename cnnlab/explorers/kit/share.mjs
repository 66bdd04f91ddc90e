// What stands around every picture: a prediction, the code, and the state as a text.
import { decode } from "./kit.mjs";

/**
 * Ask for a guess before something is shown. `question()` returns {words, inputs,
 * answer, explain, between}: the labels of the values asked for, the right ones, a
 * sentence for when they are known, and what stands between two values. When a guess is
 * made, it gets the guess. `onChange` is called when the rest is to be hidden or shown.
 */
export function gate(v, model, { question, onChange }) {
  const { make } = v;
  const words = make("p", {});
  const boxes = make("span", { class: "boxes" });
  const result = make("p", { class: "result", role: "status" });
  let open = true;
  const set = (opened, text = "") => {
    open = opened;
    form.hidden = opened;
    result.textContent = text;
    onChange();
  };
  const commit = (event) => {
    event.preventDefault();
    const guess = [...boxes.children].map((box) => box.value.trim());
    if (guess.includes("")) {
      result.textContent = "Write a guess first.";
      return;
    }
    const { answer, explain, between = " × " } = question(guess);
    const right = guess.every((part, place) => part === String(answer[place]));
    model.set("guesses", [...(model.get("guesses") ?? []), { state: v.text(), guess, right }]);
    model.save_changes();
    const verdict = right ? "That is right." : `It is ${answer.join(between)}.`;
    set(true, `You predicted ${guess.join(between)}. ${verdict} ${explain}`);
  };
  const form = make("form", { class: "predict", hidden: true, onsubmit: commit }, words, boxes,
    make("button", { type: "submit" }, "Commit"),
    make("button", { type: "button", onclick: () => set(true) }, "Show without a guess"));
  const ask = () => {
    const box = (label) => make("input", { type: "text", size: 10, "aria-label": label, placeholder: label });
    boxes.replaceChildren(...question().inputs.map(box));
    v.say("");
    set(false);
    boxes.firstChild.focus();
  };
  return {
    node: make("div", { class: "gate" }, make("button", { type: "button", onclick: ask }, "Predict first"), form, result),
    isOpen: () => open,
    /** Draw the question: call it after each change of the state. */
    draw: () => {
      if (!open) words.textContent = question().words;
    },
  };
}

/** Show code that makes the numbers on screen, with buttons to copy it. */
export function codeTab(v, sources) {
  const { make } = v;
  const blocks = Object.keys(sources(v.state)).map((name) => {
    const code = make("code", {});
    const copied = make("span", { role: "status" });
    const button = make("button", {
      type: "button",
      onclick: () => copy(code.textContent, (words) => (copied.textContent = words)),
    }, `Copy ${name}`);
    return { name, code, node: make("div", {}, make("pre", { tabindex: 0 }, code), button, copied) };
  });
  const details = make("details", { class: "code", ontoggle: () => fill() },
    make("summary", {}, "Code"), ...blocks.map((block) => block.node));
  const fill = () => {
    if (!details.open) return;
    const now = sources(v.state);
    blocks.forEach((block) => (block.code.textContent = now[block.name]));
  };
  v.onDraw(fill);
  return details;
}

/** Show the state as a text that can be copied, or typed to open another one. */
export function stateField(v, kind, fields) {
  const { make } = v;
  const wrong = make("span", { class: "wrong", role: "alert" });
  const box = make("input", {
    type: "text",
    spellcheck: "false",
    "aria-label": "This view as a text",
    onchange: () => {
      const { state, error } = decode(box.value, kind, fields);
      wrong.textContent = error ?? "";
      if (state) v.set(state);
    },
  });
  const copied = make("span", { role: "status" });
  v.onDraw(() => {
    if (box !== document.activeElement) box.value = v.text();
  });
  return make("details", { class: "share" }, make("summary", {}, "Share this view"), make("label", {}, "Copy, or type another: ", box),
    make("button", { type: "button", onclick: () => copy(box.value, (words) => (copied.textContent = words)) }, "Copy"), copied, wrong);
}

async function copy(text, tell) {
  try {
    await navigator.clipboard.writeText(text);
    tell("Copied.");
  } catch {
    tell("Not allowed here: select it, press Ctrl+C.");
  }
}
