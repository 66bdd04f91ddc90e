// A kernel on a picture: named kernels, the feature map, three views of it. Pure.
import { bytes, response } from "../kit/paint.mjs";

/** What the state holds: first value and legal values of each name. */
export const fields = {
  picture: { start: "photo", options: ["photo", "house"] },
  kernel: { start: "vertical", options: ["identity", "blur", "sharpen", "vertical", "horizontal", "emboss", "custom"] },
  size: { start: "3", options: ["3", "5"] },
  // The weights of a custom kernel, row by row, and what their sum is divided by.
  cells: { start: "", letters: "0-9,-", longest: 99 },
  divide: { start: 1, low: 1, high: 256 },
  view: { start: "signed", options: ["signed", "absolute", "clipped"] },
  row: { start: 25, low: 0, high: 125 },
  column: { start: 51, low: 0, high: 125 },
  brush: { start: 1, low: -99, high: 99 },
};

/** The kernel: its side, whole weights row by row, and what the sum is divided by. */
export function kernel(s, { kernels }) {
  const side = Number(s.size);
  const found = kernels[s.kernel]?.[s.size];
  if (found) return { side, ...found };
  const cells = s.cells.split(",").map(Number);
  return { side, weights: Array.from({ length: side * side }, (_, n) => cells[n] || 0), divide: s.divide };
}

/** What is wrong with the weights of a custom kernel; an empty text if nothing is. */
export function impossible({ cells, kernel: name, size: side }) {
  const parts = cells.split(",");
  const fits = parts.length === side ** 2 && parts.every((part) => /^-?\d+$/.test(part) && Math.abs(part) <= 99);
  return cells && name === "custom" && !fits ? `cells is ${cells}: it must be ${side ** 2} numbers from −99 to 99` : "";
}

/** The cells of a custom kernel of another size: the old ones around the middle, or their middle. */
export function resized({ side, weights }, to) {
  const moved = (to - side) / 2;
  return Array.from({ length: to * to }, (_, n) => {
    const [row, column] = [Math.floor(n / to) - moved, (n % to) - moved];
    return (column in weights && column < side && weights[row * side + column]) || 0;
  }).join(",");
}

/** A number as a view shows it. */
export const seen = (view, value) =>
  view === "absolute" ? Math.abs(value) : view === "clipped" ? Math.min(Math.max(value, 0), 255) : value;

/** What all weights add up to, and what that means on a flat area. */
export function meaning({ weights, divide }) {
  const sum = weights.reduce((all, weight) => all + weight, 0) / divide;
  if (sum === 0) return [sum, "flat areas become 0, and only changes are left"];
  if (sum === 1) return [sum, "flat areas keep their brightness"];
  return [sum, `flat areas get ${sum < 0 ? "below 0" : sum > 1 ? "brighter" : "darker"}`];
}

/** Lowest and highest number, the shares below 0 and above 255, and the means of nine parts of a view. */
export function summary({ rows, columns, values }, view) {
  let [low, high, below, over] = [Infinity, -Infinity, 0, 0];
  const [sums, counts] = [Array(9).fill(0), Array(9).fill(0)];
  for (let i = 0, n = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, n++) {
      const value = values[n];
      if (value < low) low = value;
      if (value > high) high = value;
      if (value < 0) below++;
      if (value > 255) over++;
      const part = 3 * ((3 * i) / rows | 0) + ((3 * j) / columns | 0);
      sums[part] += seen(view, value);
      counts[part]++;
    }
  }
  return { low, high, below: below / values.length, over: over / values.length, means: sums.map((sum, part) => sum / (counts[part] || 1)) };
}

/** One step: pixels of the window, the sum of their products, and that divided. */
export function step({ columns, pixels }, { side, weights, divide }, row, column) {
  const window = weights.map((_, n) => pixels[(row + Math.floor(n / side)) * columns + column + (n % side)]);
  const total = window.reduce((sum, pixel, n) => sum + pixel * weights[n], 0);
  return { window, total, value: total / divide };
}

/** The image that the state names: {rows, columns, pixels}. */
export function chosen(s, data) {
  const image = data.images.own ?? data.images[s.picture];
  return { ...image, pixels: bytes(image) };
}

const table = (values, columns) =>
  Array.from({ length: values.length / columns }, (_, i) => [...values.slice(i * columns, (i + 1) * columns)]);

/** What the code leaves in its variables. */
export function answers(s, data) {
  const { values, columns } = response(chosen(s, data), kernel(s, data));
  const [all, shown] = [table(values, columns), table(values.map((value) => seen(s.view, value)), columns)];
  return { NumPy: { feature_map: all, shown }, Keras: { keras_map: all } };
}

/** NumPy and Keras code that makes the numbers on screen. */
export function code(s, data) {
  const { side, weights, divide } = kernel(s, data);
  const filled = { KERNEL: JSON.stringify(table(weights, side)), DIVIDE: divide, PICTURE: s.picture, VIEW: data.views[s.view] };
  return Object.fromEntries(Object.entries(data.code).map(([name, text]) => [name, text.replace(/[A-Z]{4,}/g, (word) => filled[word] ?? word)]));
}
