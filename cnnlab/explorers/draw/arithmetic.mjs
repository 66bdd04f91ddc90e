// From a drawing to the ten numbers of a network. Pure: no page.
import { encode, within } from "../kit/kit.mjs";
import { halves, run, unit, valueAt } from "../kit/network.mjs";

const size = (start, low, high) => ({ start, low, high });

const SIDE = 28;
const CELLS = SIDE * SIDE;
const MIDDLE = 13.5;
// MNIST: the longer side of a digit is 20 cells, its centre of mass is at cell (14, 14).
const BOX = 20;
const CENTRE = 14;

/** What the state holds: first value and legal values of each name. */
export const fields = {
  pick: size(2, 0, 11),
  // Empty: the picked digit. A to Z: 1 to 26 blank cells; a to m: a cell with ink 0 to 1.
  ink: { start: "", letters: "A-Za-m", longest: CELLS },
  right: size(0, -10, 10),
  down: size(0, -10, 10),
  rotate: size(0, -90, 90),
  scale: size(100, 50, 150),
  noise: size(0, 0, 100),
  prepare: { start: true, truth: true },
  layer: size(2, 0, 99),
  channel: size(1, 0, 9999),
  row: size(4, 0, 27),
  column: size(8, 0, 27),
};

// --- the drawing -------------------------------------------------------------------

/** Read letters: 784 values from 0 to 1. What does not fit is left out. */
export function inked(text) {
  const all = text.replace(/[A-Z]/g, (run) => "a".repeat(run.charCodeAt() - 64));
  return Float64Array.from({ length: CELLS }, (_, at) => ((all.charCodeAt(at) || 97) - 97) / 12);
}

/** Write cells as letters; a blank drawing is "A", since an empty text is the picked digit. */
export function letters(cells) {
  const all = String.fromCharCode(...cells.map((ink) => 97 + Math.round(ink * 12)));
  return all.replace(/a{1,26}/g, (run) => String.fromCharCode(64 + run.length)).replace(/[A-Z]*$/, "") || "A";
}

/** Draw with the pen from one place to another; returns new cells. */
export function stroke(cells, [y, x], [toY, toX]) {
  const [down, across] = [toY - y, toX - x];
  return cells.map((ink, at) => {
    const [i, j] = [Math.floor(at / SIDE) - y, (at % SIDE) - x];
    const part = within((i * down + j * across) / (down * down + across * across || 1), 0, 1);
    return Math.max(ink, within(1.7 - Math.hypot(i - part * down, j - part * across), 0, 1));
  });
}

// --- what the network reads --------------------------------------------------------

/** Where a turn, scale and shift [a, b, c, d] leads from a place. */
export const led = ([a, b, c, d], [y, x]) => [a * y - b * x + c, b * y + a * x + d];

/** A picture whose cells are read elsewhere, between four cells; 0 outside. */
function sampled(cells, where) {
  const read = (i, j) => (j >= 0 && j < SIDE && cells[i * SIDE + j]) || 0;
  return cells.map((_, at) => {
    const [y, x] = led(where, [Math.floor(at / SIDE), at % SIDE]);
    const [i, j] = [Math.floor(y), Math.floor(x)];
    const across = (k) => (j + 1 - x) * read(k, j) + (x - j) * read(k, j + 1);
    return (i + 1 - y) * across(i) + (y - i) * across(i + 1);
  });
}

/** The sliders: where each cell is read. */
function moves({ rotate, scale, down, right }) {
  const turn = (rotate * Math.PI) / 180;
  const [a, b] = [(Math.cos(turn) * 100) / scale, (Math.sin(turn) * 100) / scale];
  const [y, x] = led([a, b, MIDDLE, MIDDLE], [-MIDDLE - down, -MIDDLE - right]);
  return [a, b, y, x];
}

/** The ink: rows and columns of its box, its centre of mass, its size if MNIST's is 1. */
export function measured(cells) {
  const there = [...cells.keys()].filter((at) => cells[at] > 0.05);
  if (!there.length) return undefined;
  const axes = [(at) => Math.floor(at / SIDE), (at) => at % SIDE];
  const sum = cells.reduce((total, ink) => total + ink);
  const [y, x] = axes.map((axis) => cells.reduce((total, ink, at) => total + axis(at) * ink, 0) / sum);
  const sides = axes.map((axis) => Math.max(...there.map(axis)) - Math.min(...there.map(axis)) + 1);
  return { sides, y, x, g: Math.max(...sides) / BOX };
}

/** The drawing, moved, perhaps centred and scaled, with noise: and how it came about. */
export function input(s, digits) {
  const drawn = inked(s.ink || digits[s.pick]);
  const first = moves(s);
  const moved = sampled(drawn, first);
  const ink = measured(moved);
  const { g, y, x } = (s.prepare && ink) || { g: 1, y: CENTRE, x: CENTRE };
  const second = [g, 0, y - CENTRE * g, x - CENTRE * g];
  let seed = 1;
  const read = sampled(moved, second).map((cell) => {
    seed = (seed * 16807) % 2147483647;
    return within(cell + (s.noise / 100) * (seed / 2 ** 30 - 1), 0, 1);
  });
  return { drawn, read, ink, first, second };
}

// --- the network -------------------------------------------------------------------

/** Probabilities from logits. */
export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - most));
  return powers.map((power) => power / powers.reduce((sum, each) => sum + each));
}

// --- code --------------------------------------------------------------------------

/** What the code leaves in its variables. */
export function answers(s, { digits, steps, weights }) {
  const { read } = input(s, digits);
  const all = run(steps, halves(weights), read).map((map) => [...map]);
  const logits = all.at(-1);
  const [at, ...place] = unit(s, steps);
  return {
    NumPy: { pixels: [...read], logits, probabilities: softmax(logits), unit: valueAt(all[at], steps[at].shape, place) },
    Keras: { keras_logits: logits, keras_probabilities: softmax(logits) },
  };
}

/** NumPy and Keras code that makes the numbers on screen: Python gives it, for a text and a unit. */
export function code(s, data) {
  const [at, ...where] = unit(s, data.steps);
  const fill = (source) => source.replace("TEXT", encode("draw", s, fields)).replace("UNIT", `[${at}][${where}]`);
  return { NumPy: fill(data.code.NumPy), Keras: fill(data.code.Keras) };
}
