// Filters that read three channels: each adds up its channels' parts to one map. Pure.
import { bytes, response } from "../kit/paint.mjs";

/** What the state holds: first value and legal values of each name. */
export const fields = {
  filters: { start: 2, low: 1, high: 4 },
  filter: { start: 0, low: 0, high: 3 },
  size: { start: "1", options: ["1", "3"] },
  row: { start: 31, low: 0, high: 63 },
  column: { start: 11, low: 0, high: 63 },
  brush: { start: 1, low: -99, high: 99 },
  // Painted weights: filter,channel,place,weight. Channel 3 is the bias; places are those of 3 × 3.
  edits: { start: "", letters: "0-9,~-", longest: 1200 },
};

// The weights in the middle: red, green, blue.
const MIDDLES = [[1, -1, 0], [-1, 1, 0], [1, 1, -2], [1, 1, 1]];
const EDIT = /^[0-3],[0-3],[0-8],-?\d\d?$/;

export const NAMES = ["red", "green", "blue"];

const split = (edits) => edits.split("~").filter(Boolean);

/** What is wrong with the painted weights; an empty text if nothing is. */
export function impossible({ edits }) {
  const bad = split(edits).find((part) => !EDIT.test(part));
  return bad === undefined ? "" : `edits has ${bad}: it must be filter,channel,place,weight such as 0,1,4,-2`;
}

/** What gives the weight of a filter for a channel at a place of 3 × 3; the bias is channel 3, place 4. */
export function weights({ edits }) {
  const pairs = split(edits).filter((part) => EDIT.test(part)).map((part) => [part.slice(0, 5), Number(part.slice(6))]);
  const found = Object.fromEntries(pairs);
  return (...place) => found[place] ?? ((place[2] === 4 && MIDDLES[place[0]][place[1]]) || 0);
}

/** The painted weights, with one more. */
export function changed({ edits }, place, value) {
  return [...split(edits).filter((part) => !part.startsWith(`${place},`)), `${place},${value}`].join("~");
}

/** The places of a kernel among those of 3 × 3: all, or the one in the middle. */
export const places = ({ size }) => (size === "3" ? [0, 1, 2, 3, 4, 5, 6, 7, 8] : [4]);

/** The filters: the weights of three slices, row by row, and a bias of each. */
export function layer(s) {
  const weight = weights(s);
  return Array.from({ length: s.filters }, (_, f) => {
    const slices = NAMES.map((_name, c) => places(s).map((place) => weight(f, c, place)));
    return { slices, bias: weight(f, 3, 4) };
  });
}

/** The image: {rows, columns, channels}, each channel row by row. */
export function picture3({ image }) {
  const all = bytes(image);
  return { ...image, channels: NAMES.map((_, c) => all.filter((_value, n) => n % 3 === c)) };
}

/** What each channel gives, and their sum with the bias: {rows, columns, parts, values}. */
export function mixed({ rows, columns, channels }, { slices, bias }, side) {
  const found = slices.map((weights, c) => response({ rows, columns, pixels: channels[c] }, { side, weights, divide: 1 }));
  const parts = found.map(({ values }) => values);
  const values = parts[0].map((value, n) => value + parts[1][n] + parts[2][n] + bias);
  return { ...found[0], parts, values };
}

/** How many maps, weights and biases a layer has. */
export function costs({ filters, size }) {
  return { maps: filters, weights: size * size * 3 * filters, biases: filters };
}

const table = (values, columns) =>
  Array.from({ length: values.length / columns }, (_, i) => [...values.slice(i * columns, (i + 1) * columns)]);

/** What the code leaves in its variables. */
export function answers(s, data) {
  const side = Number(s.size);
  const maps = layer(s).map((each) => mixed(picture3(data), each, side)).map(({ values, columns }) => table(values, columns));
  const { weights, biases } = costs(s);
  return { NumPy: { maps, weights }, Keras: { keras_maps: maps, parameters: weights + biases } };
}

/** NumPy and Keras code that makes the numbers on screen: filters come first. */
export function code(s, data) {
  const side = Number(s.size);
  const filled = {
    KERNEL: JSON.stringify(layer(s).map(({ slices }) => slices.map((slice) => table(slice, side)))),
    BIAS: JSON.stringify(layer(s).map(({ bias }) => bias)),
  };
  return Object.fromEntries(Object.entries(data.code).map(([name, text]) => [name, text.replace(/[A-Z]{4,}/g, (word) => filled[word] ?? word)]));
}
