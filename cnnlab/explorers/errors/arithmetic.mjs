// What a confusion matrix says. Pure: no page.
import { encode } from "../kit/kit.mjs";

const size = (start, high) => ({ start, low: 0, high });

/** What the state holds: first value and legal values of each name. */
export const fields = { true: size(5, 9), answer: size(2, 9), image: size(0, 11) };

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** The cell of the state: true class and answer, within the matrix. */
export const cellOf = (state, { counts }) =>
  [state.true, state.answer].map((place) => Math.min(place, counts.length - 1));

/** The images of a cell, in the order to show them: [row, true class, answer, shares]. */
export const imagesOf = ([row, column], { shown }) =>
  shown.map((image, place) => [...image, place]).filter(([, label, answer]) => label === row && answer === column);

/** Which image is shown; undefined if the cell has none. */
export function imageOf(state, data) {
  const found = imagesOf(cellOf(state, data), data);
  return found[Math.min(state.image, found.length - 1)];
}

/** Right answers, and all: of a true class (recall), of an answer (precision), of all. */
export function measures(counts, [row, column]) {
  const diagonal = counts.map((line, place) => line[place]);
  return {
    recall: [diagonal[row], sum(counts[row])],
    precision: [diagonal[column], sum(counts.map((line) => line[column]))],
    accuracy: [sum(diagonal), sum(counts.flat())],
  };
}

/** How often two classes are taken for each other, in both directions. */
export const confusions = (counts, [one, other]) =>
  one === other ? 0 : (counts[one]?.[other] ?? 0) + (counts[other]?.[one] ?? 0);

/** The two classes that are confused most; the first two if there is no error. */
export function mostConfused(counts) {
  let best = [0, 1];
  counts.forEach((line, one) => line.forEach((_, other) => {
    if (one < other && confusions(counts, [one, other]) > confusions(counts, best)) best = [one, other];
  }));
  return best;
}

/** How dark a cell is, 0 to 4: by its share of the row. */
export function shade(count, all) {
  const share = count / all;
  return count ? [0.005, 0.02, 0.1, 2].findIndex((most) => share < most) + 1 : 0;
}

/** What the code leaves in its variables. */
export function answers(state, data) {
  const [row, column] = cellOf(state, data);
  const { recall, precision } = measures(data.counts, [row, column]);
  const shares = imageOf(state, data)?.[3];
  const [found, sure] = [recall, precision].map(([above, below]) => above / below);
  return {
    NumPy: { count: data.counts[row][column], recall: found, precision: sure, ...(shares && { shares }) },
    Keras: { keras_recall: found, keras_precision: sure },
  };
}

/** NumPy and Keras code that makes the numbers on screen. */
export function code(state, data) {
  const [row, column] = cellOf(state, data);
  const image = imageOf(state, data)?.[0];
  const fill = (text) =>
    (image === undefined ? text.replace(/shares = .*\n/, "").replace(", shares.round(4)", "") : text.replace("ROW", image))
      .replace("TEXT", encode("errors", state, fields)).replaceAll("TRUE", row).replaceAll("ANSWER", column);
  return { NumPy: fill(data.code.NumPy), Keras: fill(data.code.Keras) };
}
