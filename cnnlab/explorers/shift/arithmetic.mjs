// A pattern on zeros, moved, and sent through convolution, ReLU and pooling. Pure.

const size = (start, low, high) => ({ start, low, high });
const one = (...options) => ({ start: options[0], options });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  pattern: one("seven", "stroke", "ring"),
  // How many pixels the pattern has moved.
  right: size(0, 0, 8),
  down: size(0, 0, 8),
  kernel: one("vertical", "horizontal", "outline", "identity"),
  relu: { start: true, truth: true },
  stages: size(1, 1, 2),
  kind: { start: "max", options: ["none", "max", "average", "stride", "blur", "global"] },
  size: size(2, 2, 3),
  stride: size(2, 1, 3),
  compare: one("stays", "along"),
  measure: one("changed", "amount", "cosine"),
};

/** The rows and columns of the image. The pattern begins at row 3, column 3. */
export const ROWS = 12;
const COLUMNS = 14;
export const PLACE = 3;
const BLUR = [[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((line) => line.map((weight) => weight / 16));
// Less than this is rounding: float32 is not exact.
const NEAR = 0.001;

const table = (rows, columns, cell) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => cell(i, j)));
const shape = (s, data) => data.image ?? data.patterns[s.pattern];

/** The pattern on zeros. What is moved out of the image is cut off. */
export function image(s, data, down = s.down, right = s.right) {
  const cells = shape(s, data);
  return table(ROWS, COLUMNS, (i, j) => cells[i - PLACE - down]?.[j - PLACE - right] ?? 0);
}

/** A 3 × 3 convolution with zeros around the map: "same" padding, stride 1. */
function convolve(x, kernel) {
  const none = x[0].map(() => 0);
  const wide = [none, ...x, none].map((line) => [0, ...line, 0]);
  return x.map((line, i) => line.map((_, j) => {
    let total = 0;
    for (let a = 0; a < 3; a++) for (let b = 0; b < 3; b++) total += kernel[a][b] * wide[i + a][j + b];
    return total;
  }));
}

const convolved = (s, data, x) => {
  const made = convolve(x, data.kernels[s.kernel]);
  return s.relu ? made.map((line) => line.map((value) => Math.max(value, 0))) : made;
};

/** Turn each window into its largest value, or its mean: "same" padding, left out. */
function windows(x, k, stride, isMean) {
  const [rows, columns] = [x.length, x[0].length].map((n) => {
    const out = Math.ceil(n / stride);
    const lead = Math.max((out - 1) * stride + k - n, 0) >> 1;
    return Array.from({ length: out }, (_, i) => [Math.max(i * stride - lead, 0), Math.min(i * stride - lead + k, n)]);
  });
  return rows.map(([top, bottom]) => columns.map(([left, right]) => {
    let total = 0;
    let best = -Infinity;
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) {
        total += x[i][j];
        if (x[i][j] > best) best = x[i][j];
      }
    }
    return isMean ? total / (bottom - top) / (right - left) : best;
  }));
}

const POOLS = {
  max: (x, { size: k, stride }) => windows(x, k, stride),
  average: (x, { size: k, stride }) => windows(x, k, stride, true),
  stride: (x, { stride }) => windows(x, 1, stride),
  blur: (x, { size: k, stride }) => windows(convolve(windows(x, k, 1), BLUR), 1, stride),
};

/**
 * All maps from the image on: {name, stage, map, step}. `step` says how many pixels of
 * the image lie between two neighbours of the map. `known` keeps the first map by shift,
 * for the next kind.
 */
export function layers(s, data, kind = s.kind, down = s.down, right = s.right, known = {}) {
  let map;
  let step = 1;
  const found = [];
  const add = (name, stage, made) => {
    map = made;
    found.push({ name, stage, map, step });
  };
  for (let stage = 1; stage <= s.stages; stage++) {
    const made = map ? convolved(s, data, map) : (known[[down, right]] ??= convolved(s, data, image(s, data, down, right)));
    add("convolution", stage, made);
    if (!POOLS[kind]) continue;
    step *= s.stride;
    add(kind, stage, POOLS[kind](map, s));
  }
  if (kind === "global") {
    step = Infinity;
    add(kind, s.stages, windows(map, COLUMNS, COLUMNS, true));
  }
  return found;
}

/** By how many whole cells a map would move down and right: as near as can be. */
export const moves = ({ down, right }, step) => [down, right].map((pixels) => Math.floor(pixels / step + 0.5));

/** The map before the shift; moved along by whole cells if that is asked for. */
export function before({ map, step }, s) {
  if (s.compare === "stays") return map;
  const [lower, later] = moves(s, step);
  return map.map((line, i) => line.map((_, j) => map[i - lower]?.[j - later] ?? 0));
}

export const differs = (a, b) => Math.abs(a - b) > NEAR;

/** How much a map differs from the one before: in each of the three measures. */
export function compared(first, second) {
  let [count, all, above, below, length, other, product] = [0, 0, 0, 0, 0, 0, 0];
  first.forEach((line, i) => line.forEach((a, j) => {
    const b = second[i][j];
    if (differs(a, 0) || differs(b, 0)) all++;
    if (differs(a, b)) count++;
    above += Math.abs(b - a);
    below += Math.abs(a);
    length += a * a;
    other += b * b;
    product += a * b;
  }));
  return {
    count,
    all,
    changed: count / Math.max(all, 1),
    amount: above && above / below,
    cosine: length || other ? product / Math.sqrt(length * other) : 1,
  };
}

const alone = (...all) => layers(...all).at(-1);

/** How much the last map of a kind differs after each shift to the right. */
function differences(s, data, kind, known) {
  const first = alone(s, data, kind, 0, 0, known);
  return Array.from({ length: fields.right.high + 1 }, (_, right) =>
    compared(before(first, { ...s, right }), alone(s, data, kind, s.down, right, known).map));
}

/** The chosen measure of each kind at each shift to the right. */
export function curves(s, data) {
  const known = {};
  return Object.fromEntries(fields.kind.options.map((kind) =>
    [kind, differences(s, data, kind, known).map((found) => found[s.measure])]));
}

/** The least shift to the right after which the output is the same, moved by whole cells. */
export function period(s, data) {
  const same = differences({ ...s, down: 0, compare: "along" }, data, s.kind).map((found) => !found.count);
  const least = same.indexOf(true, 1);
  return least > 0 ? least : "none";
}

/** What the code leaves in its variables. */
export function answers(s, data) {
  const [first, now] = [alone(s, data, s.kind, 0, 0), alone(s, data)];
  const reference = before(first, s);
  const value = compared(reference, now.map)[s.measure];
  const NumPy = { numpy_output: now.map, before: reference };
  if (Number.isFinite(value)) NumPy.measure = value;
  return { NumPy, Keras: { keras_output: now.map, before: reference } };
}

/** NumPy and Keras code that makes the numbers on screen: `data.code`, filled. */
export function code(s, data) {
  const [lower, later] = s.compare === "along" ? moves(s, alone(s, data).step) : [0, 0];
  const list = (values) => JSON.stringify(values).replaceAll(",", ", ");
  return Object.fromEntries(Object.entries(data.code).map(([language, texts]) => {
    const last = s.kind === "global" ? texts.global : "x";
    const parts = { ...s, cells: list(shape(s, data)), weights: list(data.kernels[s.kernel]), lower, later, last };
    const fill = (text) => String(text).replace(/<(\w+)>/g, (_, name) => fill(texts[name]?.[s[name]] ?? parts[name]));
    return [language, fill(texts.text)];
  }));
}
