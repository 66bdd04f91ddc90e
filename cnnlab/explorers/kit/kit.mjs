// What all explorers are built from: elements, number fields, grids that work by
// keyboard and pointer, the predict gate, the code tab, the state string.
// Nothing here knows about convolutions. Every function that listens takes the
// AbortSignal of the view, so that tearing down leaves no listener.

/** @typedef {Record<string, string | number | boolean>} State */

/**
 * Make an element. `on*` attributes are listeners, `class` takes names without prefix.
 * @param {AbortSignal} signal
 * @returns {(tag: string, attributes?: object, ...children: any[]) => HTMLElement}
 */
export function maker(signal) {
  return (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) {
        node.addEventListener(name.slice(2), value, { signal });
      } else if (name === "class") {
        node.className = value.split(" ").map((part) => `cl-${part}`).join(" ");
      } else if (value === true) {
        node.setAttribute(name, "");
      } else if (value !== false && value !== undefined) {
        node.setAttribute(name, String(value));
      }
    }
    node.append(...children.filter((child) => child !== undefined));
    return node;
  };
}

/** The value, or the end of the range that it lies beyond. */
export const within = (value, low, high) => Math.min(Math.max(value, low), high);

/** Write a number as lessons do: a real minus sign, at most two decimals. */
export function show(value) {
  if (Number.isNaN(value)) return "?";
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded).replace("-", "−");
}

// --- state -------------------------------------------------------------------------

/**
 * Check one value against its field: {low, high}, {options}, {letters, longest} or {truth: true}.
 * Returns an empty text, or a sentence with the value and what is legal.
 */
export function complaint(name, value, field) {
  const { low, high, options, letters, longest } = field;
  const [fits, legal] = options
    ? [options.includes(value), `one of ${options.join(", ")}`]
    : letters
      ? [new RegExp(`^[${letters}]{0,${longest}}$`).test(value), `up to ${longest} of ${letters}`]
      : field.truth
        ? [typeof value === "boolean", "true or false"]
        : [Number.isInteger(value) && value >= low && value <= high, `a whole number from ${low} to ${high}`];
  return fits ? "" : `${name} is ${value}: it must be ${legal}`;
}

/** Write a state as a short text; values that are the default are left out. */
export function encode(kind, state, fields) {
  const parts = Object.entries(fields)
    .filter(([name, field]) => state[name] !== field.start)
    .map(([name]) => `${name}=${state[name]}`);
  return parts.length ? `${kind}?${parts.join("&")}` : kind;
}

/** Read such a text. Returns {state} or, if anything is wrong in it, {error}. */
export function decode(text, kind, fields) {
  const [name, rest = ""] = text.trim().split("?");
  if (name !== kind) return { error: `this is a text for ${name}, not ${kind}` };
  const state = Object.fromEntries(
    Object.entries(fields).map(([field, about]) => [field, about.start]),
  );
  for (const part of rest.split("&").filter(Boolean)) {
    const [field, written = ""] = part.split("=");
    if (!Object.hasOwn(fields, field)) {
      return { error: `${field} is unknown: it must be one of ${Object.keys(fields).join(", ")}` };
    }
    const about = fields[field];
    const value = about.options || about.letters ? written : about.truth ? written === "true" : Number(written);
    const wrong = written === "" ? `${field} has no value` : complaint(field, value, about);
    if (wrong) return { error: wrong };
    state[field] = value;
  }
  return { state };
}

// --- a view ------------------------------------------------------------------------

/**
 * Start a view: returns its parts and the function that tears it down.
 * `draw(change)` is called at once and after each change of the state, at most once a
 * frame; `change` has the names that differ.
 */
export function view({ model, el, kind, fields, title }) {
  const controller = new AbortController();
  const make = maker(controller.signal);
  // No landmark: a page may have two explorers of one kind, and ten in all.
  const root = make("div", { class: "explorer", role: "group", "aria-label": title });
  const live = make("p", { class: "live", role: "status", "aria-live": "polite" });
  const state = { ...starts(fields), ...model.get("state") };
  let draws = [];
  let waiting = 0;
  const redraw = () => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      draws.forEach((draw) => draw());
    });
  };
  const fromModel = () => {
    Object.assign(state, model.get("state"));
    redraw();
  };
  model.on("change:state", fromModel);
  el.append(root);
  return {
    make,
    root,
    live,
    state,
    signal: controller.signal,
    say: (text) => {
      if (live.textContent !== text) live.textContent = text;
    },
    /** Change some values of the state, here and in Python. */
    set: (changes) => {
      Object.assign(state, changes);
      model.set("state", { ...state });
      model.save_changes();
      redraw();
    },
    /** Draw now and after each change. */
    onDraw: (draw) => {
      draws.push(draw);
      draw();
    },
    text: () => encode(kind, state, fields),
    stop: () => {
      controller.abort();
      cancelAnimationFrame(waiting);
      model.off("change:state", fromModel);
      draws = [];
      root.remove();
    },
  };
}

export function starts(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.start]));
}

// --- controls ----------------------------------------------------------------------

/** A number with buttons for one less and one more. Out of range, it says what is legal. */
export function numberField(v, name, label, field) {
  const { make } = v;
  const wrong = make("span", { class: "wrong", role: "alert" });
  const take = (value) => {
    wrong.textContent = complaint(label, value, field);
    if (!wrong.textContent && value !== v.state[name]) v.set({ [name]: value });
  };
  const box = make("input", {
    type: "text",
    inputmode: "numeric",
    role: "spinbutton",
    "aria-label": label,
    "aria-valuemin": field.low,
    "aria-valuemax": field.high,
    onchange: () => take(isNaN(box.value || NaN) ? box.value : Number(box.value)),
    onkeydown: (event) => {
      const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      take(v.state[name] + step);
    },
  });
  const button = (sign, step, words) =>
    make("button", {
      type: "button",
      class: "step",
      tabindex: -1,
      "aria-label": `${label}: ${words}`,
      onclick: () => take(v.state[name] + step),
    }, sign);
  const node = make("label", { class: "number" }, make("span", {}, label),
    make("span", { class: "stepper" }, button("−", -1, "one less"), box, button("+", 1, "one more")), wrong);
  v.onDraw(() => {
    box.value = v.state[name];
    box.setAttribute("aria-valuenow", v.state[name]);
  });
  return node;
}

/** A choice of a few options, as radio buttons. */
export function choice(v, name, label, words) {
  const { make } = v;
  const group = `${name}-${Math.random().toString(36).slice(2)}`;
  const inputs = Object.entries(words).map(([value, text]) => {
    const input = make("input", {
      type: "radio",
      name: group,
      value,
      onchange: () => v.set({ [name]: value }),
    });
    return [input, make("label", { class: "option" }, input, make("span", {}, text))];
  });
  v.onDraw(() => inputs.forEach(([input]) => (input.checked = input.value === v.state[name])));
  return make("fieldset", { class: "choice" }, make("legend", {}, label), ...inputs.map(([, node]) => node));
}

/** A choice of many options, in a list that opens. */
export function picker(v, name, label, words) {
  const { make } = v;
  const node = make("select", { onchange: () => v.set({ [name]: node.value }) },
    ...Object.entries(words).map(([value, text]) => make("option", { value }, text)));
  v.onDraw(() => (node.value = v.state[name]));
  return make("label", { class: "number" }, label, node);
}

/** A switch for a truth value. */
export function toggle(v, name, label) {
  const { make } = v;
  const input = make("input", { type: "checkbox", onchange: () => v.set({ [name]: input.checked }) });
  v.onDraw(() => (input.checked = v.state[name]));
  return make("label", { class: "option" }, input, make("span", {}, label));
}

// --- grids -------------------------------------------------------------------------

/**
 * A grid of cells: one is in the tab order, arrow keys move it, Home and End go to the
 * ends of the row. `describe(row, column)` returns {text, kinds, label}; `choose(row,
 * column)` is called when a cell becomes the current one, `enter` on Enter or a click.
 */
export function grid(v, { label, describe, choose = () => {}, enter = () => {} }) {
  const { make } = v;
  let size = [0, 0];
  let cells = [];
  let at = [0, 0];
  const node = make("div", {
    class: "grid",
    role: "grid",
    "aria-label": label,
    onkeydown: (event) => {
      const moved = target(event.key, at, size);
      if (event.key === "Enter" || event.key === " ") enter(...at);
      else if (moved) go(moved, true);
      else return;
      event.preventDefault();
    },
    onpointerdown: (event) => {
      const cell = event.target.closest?.("[role=gridcell]");
      if (cell) go(place(cell), true);
    },
    onclick: (event) => {
      const cell = event.target.closest?.("[role=gridcell]");
      if (cell) enter(...place(cell));
    },
    onpointermove: (event) => {
      if (!event.buttons) return;
      const under = document.elementFromPoint(event.clientX, event.clientY);
      const cell = under?.closest?.("[role=gridcell]");
      if (cell && node.contains(cell)) go(place(cell), false);
    },
  });
  const place = (cell) => [Number(cell.dataset.row), Number(cell.dataset.column)];
  const go = (moved, focus) => {
    const changed = moved[0] !== at[0] || moved[1] !== at[1];
    mark(moved);
    if (focus) cells[at[0]]?.[at[1]]?.focus({ preventScroll: true });
    if (changed) choose(...at);
  };
  const mark = (moved) => {
    cells[at[0]]?.[at[1]]?.setAttribute("tabindex", -1);
    at = moved;
    cells[at[0]]?.[at[1]]?.setAttribute("tabindex", 0);
  };
  const build = (rows, columns) => {
    size = [rows, columns];
    cells = Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        make("span", { role: "gridcell", tabindex: -1, "data-row": row, "data-column": column })));
    node.style.setProperty("--cl-columns", columns);
    node.replaceChildren(...cells.map((row) => make("div", { role: "row", class: "row" }, ...row)));
    mark([Math.min(at[0], Math.max(rows - 1, 0)), Math.min(at[1], Math.max(columns - 1, 0))]);
  };
  return {
    node,
    /** Draw all cells, and make the given one the current one. */
    update: (rows, columns, current = at) => {
      if (rows !== size[0] || columns !== size[1]) build(rows, columns);
      cells.forEach((line, row) => line.forEach((cell, column) => {
        const { text = "", kinds = "", label: spoken = text } = describe(row, column);
        // Reading it back from the page would take longer.
        const now = [text, kinds, spoken].join("|");
        if (cell.drawn === now) return;
        cell.drawn = now;
        cell.textContent = text;
        cell.className = ["cell", ...kinds.split(" ").filter(Boolean)].map((kind) => `cl-${kind}`).join(" ");
        cell.setAttribute("aria-label", `row ${row}, column ${column}: ${spoken}`);
      }));
      if (cells[current[0]]?.[current[1]]) mark(current);
    },
  };
}

/** Return where a key leads from a cell, or undefined. */
export function target(key, [row, column], [rows, columns]) {
  const moves = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, columns - 1],
  };
  if (!moves[key]) return undefined;
  const inside = (value, length) => Math.min(Math.max(value, 0), length - 1);
  return [inside(moves[key][0], rows), inside(moves[key][1], columns)];
}
