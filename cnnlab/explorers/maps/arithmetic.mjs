// All feature maps of a network for one image, and how one unit gets its value. Pure: no page.
import { encode, show } from "../kit/kit.mjs";
import { halves, run, unit } from "../kit/network.mjs";

const size = (start, high) => ({ start, low: 0, high });

/** What the state holds: first value and legal values of each name. */
export const fields = {
  layer: size(2, 99),
  channel: size(1, 9999),
  row: size(4, 95),
  column: size(8, 95),
  // The map of the layer before that is shown in numbers.
  from: size(0, 9999),
  scale: { start: "map", options: ["map", "layer"] },
};

/** All weights, and all values: of the image, then of each step. */
export function everything({ steps, weights, image }) {
  const numbers = halves(weights);
  return { numbers, values: [image, ...run(steps, numbers, image)] };
}

/** Lowest and highest value of each map. */
export const ranges = (values, channels) => values.reduce((found, value, at) => {
  const range = found[at % channels];
  range[0] = Math.min(range[0], value);
  range[1] = Math.max(range[1], value);
  return found;
}, Array.from({ length: channels }, () => [Infinity, -Infinity]));

/** What a unit reads: a window of m × n cells from row `top`, column `left` on, of maps of `size`; `sides` without padding. */
export function window({ kind, window: [m, n] = [1, 1], stride = [1, 1], before = [0, 0], reads, flat }, [row, column, channel]) {
  const size = flat ?? reads;
  // The cell that a flatten has put there, or where the window is.
  const cell = Math.floor(channel / size[2]);
  const [top, left] = flat ? [Math.floor(cell / size[1]), cell % size[1]] : [row * stride[0] - before[0], column * stride[1] - before[1]];
  const sides = [Math.max(top, 0), Math.min(top + m, size[0]) - 1, Math.max(left, 0), Math.min(left + n, size[1]) - 1];
  return { top, left, m, n, size, sides, channels: kind === "conv" ? [...Array(size[2]).keys()] : [channel % size[2]] };
}

/** How a unit gets its value: each cell of each map that it reads, their sums, the bias, the ReLU. */
export function made({ steps }, { numbers, values }, [at, ...place]) {
  const { kind, relu, at: first, shape } = steps[at];
  const w = window(steps[at], place);
  const { top, left, m, n, channels, size: [rows, columns, depth] } = w;
  const count = kind === "conv" ? depth : 1;
  const grids = channels.map((from) => Array.from({ length: m * n }, (_, cell) => {
    const [i, j] = [top + Math.floor(cell / n), left + (cell % n)];
    const x = i >= 0 && i < rows && j >= 0 && j < columns ? values[at][(i * columns + j) * depth + from] : undefined;
    const weight = numbers[first + (cell * count + (count > 1 ? from : 0)) * shape[2] + place[2]];
    return { x, weight, product: (x ?? 0) * (weight ?? 1) };
  }));
  const sums = grids.map((cells) => cells.reduce((sum, { product }) => sum + product, 0));
  const total = sums.reduce((sum, each) => sum + each);
  const inputs = grids[0].map(({ x }) => x).filter((x) => x !== undefined);
  const bias = numbers[first + m * n * count * shape[2] + place[2]] ?? 0;
  const plain = kind === "max" ? Math.max(...inputs) : kind === "average" ? total / inputs.length : total + bias;
  return { ...w, kind, relu, grids, sums, total, read: inputs.length, bias, plain, value: relu ? Math.max(plain, 0) : plain };
}

/** The units of the next layer that read a unit: {sides: [top, bottom, left, right], maps}; undefined if there are none. */
export function feeds({ steps }, [at, row, column, channel]) {
  const next = steps[at + 1];
  if (!next) return undefined;
  const { kind, window: sides = [1, 1], stride = [1, 1], before = [0, 0], shape, flat } = next;
  const found = [row, column].flatMap((part, axis) => {
    if (flat) return [0, 0];
    const last = part + before[axis];
    return [Math.max(Math.ceil((last - sides[axis] + 1) / stride[axis]), 0), Math.min(Math.floor(last / stride[axis]), shape[axis] - 1)];
  });
  if (found[0] > found[1] || found[2] > found[3]) return undefined;
  return { sides: found, maps: kind === "conv" ? [...Array(shape[2]).keys()] : [flat ? (row * flat[1] + column) * flat[2] + channel : channel] };
}

/** Write a number with two decimals, or a small one with two digits. */
export const fine = (value) => (Math.abs(value) < 0.1 ? String(Number(value.toPrecision(2))).replace("-", "−") : show(value));

/** Put values in place of the capitals of a text. */
const fill = (text, values) => text.replace(/[A-Z]{3,}/g, (word) => values[word] ?? word);

/** Write how the value comes about. */
export const formula = ({ formula: text }, { total, read, bias, plain, value }) =>
  fill(text, { TOTAL: fine(total), CELLS: read, BIAS: fine(bias), PLAIN: fine(plain), VALUE: fine(value) });

/** What the code leaves in its variables. */
export function answers(s, data) {
  const all = everything(data);
  const at = unit(s, data.steps);
  const { kind, sums, value } = made(data, all, at);
  return {
    NumPy: kind === "conv" ? { by_map: sums, unit: value } : { unit: value },
    Keras: { keras_maps: [...all.values[at[0] + 1]], keras_unit: value },
  };
}

/** NumPy and Keras code that makes the numbers on screen: Python gives it, for a text and a unit. */
export function code(s, { steps }) {
  const [at, row, column, channel] = unit(s, steps);
  const values = { TEXT: encode("maps", s, fields), ROW: row, COLUMN: column, CHANNEL: channel };
  return { NumPy: fill(steps[at].code[0], values), Keras: fill(steps[at].code[1], values) };
}
