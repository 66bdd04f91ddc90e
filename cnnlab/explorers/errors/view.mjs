// The page of the error browser: the matrix, the images of a cell, one of them.
import { grid, show, target, view } from "../kit/kit.mjs";
import { codeTab, gate, stateField } from "../kit/share.mjs";
import { cellOf, code, confusions, fields, imageOf, imagesOf, measures, mostConfused, shade, sum } from "./arithmetic.mjs";

const KIND = "errors";
const KEY = "Darker: a larger share of the row (from 0.5, 2 and 10 %). Bold: right answers. % on the right: recall of the row; below: precision of the column.";

const percent = (share) => `${show(100 * share)} %`;
const ratio = ([above, below]) => `${above} / ${below} = ${below ? Math.round((1000 * above) / below) / 1000 : "not defined"}`;
// Rounded down: 100 means that there is no error.
const short = ([above, below]) => (below ? String(Math.floor((1000 * above) / below) / 10) : "–");

function render({ model, el }) {
  const v = view({ model, el, kind: KIND, fields, title: "Error browser" });
  const { make, state: s } = v;
  const data = model.get("data");
  const { counts, size: [height, width] } = data;
  const n = counts.length;
  const bytes = Uint8Array.from(atob(data.images), (letter) => letter.charCodeAt());
  let edge = null;

  // --- the matrix: a last column with the recall, and a last row with the precision
  const choose = (row, column) => {
    edge = row < n && column < n ? null : [row, column];
    v.set({ image: 0, ...(row < n && { true: row }), ...(column < n && { answer: column }) });
  };
  const words = ([row, column]) => `true ${row}, answered ${column}`;
  const formula = ([row, column]) => {
    const { recall, precision, accuracy } = measures(counts, [row % n, column % n]);
    if (row < n) return { value: recall, words: `recall of ${row} = right / all true ${row} = ${ratio(recall)}` };
    if (column < n) return { value: precision, words: `precision of ${column} = right / all answers ${column} = ${ratio(precision)}` };
    return { value: accuracy, words: `accuracy = right / all images = ${ratio(accuracy)}` };
  };
  const matrix = grid(v, {
    label: "Confusion matrix: true classes in rows, answers in columns",
    choose,
    describe: (row, column) => {
      if (row === n || column === n) {
        const { value, words: label } = formula([row, column]);
        return { text: short(value), kinds: "edge", label };
      }
      const count = counts[row][column];
      const all = sum(counts[row]);
      const [here, there] = cellOf(s, data);
      const chosen = here === row && there === column;
      const kinds = `shade${shade(count, all)}${row === column ? " right" : ""}${chosen ? " window" : ""}`;
      return { text: String(count), kinds, label: `${words([row, column])}: ${count}${count ? `, ${percent(count / all)} of the row` : ""}` };
    },
  });
  const heads = [...counts.keys(), "%"];
  const head = (text) => make("span", { class: "cell head" }, String(text));
  const table = make("div", { class: "matrix" },
    make("div", { class: "heads", "aria-hidden": "true" }, make("span", { class: "cell head" }), ...heads.map(head)),
    make("div", {}, make("div", { class: "row", "aria-hidden": "true" }, ...heads.map(head)), matrix.node));

  // --- the images of the cell
  const paint = (canvas, place) => {
    [canvas.width, canvas.height] = [width, height];
    const picture = new ImageData(width, height);
    bytes.subarray(place * width * height, (place + 1) * width * height).forEach((grey, at) => picture.data.set([grey, grey, grey, 255], 4 * at));
    canvas.getContext("2d").putImageData(picture, 0, 0);
    return canvas;
  };
  const list = make("div", {
    class: "controls",
    role: "group",
    "aria-label": "Images of this cell",
    onkeydown: (event) => {
      const moved = target(event.key, [0, s.image], [1, list.children.length]);
      if (!moved) return;
      event.preventDefault();
      v.set({ image: moved[1] });
      list.children[moved[1]].focus();
    },
  });
  let drawn = "";
  const drawList = (cell, found) => {
    if (drawn !== String(cell)) {
      drawn = String(cell);
      list.replaceChildren(...found.map(([, , , shares, place], image) =>
        make("button", { type: "button", class: "pick", "aria-label": `image ${image}, ${percent(shares[cell[1]])} sure`, onclick: () => v.set({ image }) },
          paint(make("canvas", {}), place), make("span", {}, percent(shares[cell[1]])))));
    }
    [...list.children].forEach((button, image) => {
      const here = image === Math.min(s.image, found.length - 1);
      button.setAttribute("aria-pressed", here);
      button.setAttribute("tabindex", here ? 0 : -1);
    });
  };

  // --- one image
  const large = make("canvas", { class: "large", role: "img" });
  const bars = counts.map(() => make("li", {}));
  const one = make("div", { class: "panels" }, large, make("ul", { class: "bars", "aria-label": "Probability of each class" }, ...bars));
  const drawOne = ([row, column], image) => {
    one.hidden = !image;
    if (!image) return;
    const [at, , , shares, place] = image;
    paint(large, place).setAttribute("aria-label", `Image ${at}: ${words([row, column])}`);
    bars.forEach((bar, digit) => {
      bar.textContent = `${digit}: ${percent(shares[digit])}${digit === column ? " ◀ answer" : ""}${digit === row ? " (true)" : ""}`;
      bar.style.setProperty("--cl-share", `${100 * shares[digit]}%`);
    });
  };

  // --- words
  const facts = make("ul", { class: "facts" });
  const factLines = ([row, column]) => [
    ...(row === column ? [] : [`true ${column}, answered ${row}: ${counts[column][row]}`]),
    ...[[row, n], [n, column], [n, n]].map((place) => formula(place).words),
  ];
  const counted = (cell, found) => {
    const [row, column] = cell;
    const count = counts[row][column];
    const order = row === column ? "least" : "most";
    return `${words(cell)}: ${count} image${count === 1 ? "" : "s"}` + (count ? `; ${found.length === count ? "all" : found.length} shown, the ${order} confident first` : "");
  };
  const predict = gate(v, model, {
    question: (guess) => {
      const best = mostConfused(counts);
      const most = confusions(counts, best);
      // Another two may be confused as often.
      const pair = guess && confusions(counts, guess.map(Number)) === most ? guess : best;
      const [a, b] = pair;
      return {
        words: "Which two classes are confused most, both ways together?",
        inputs: ["class", "other class"],
        answer: pair,
        between: " and ",
        explain: `${a} taken for ${b}: ${counts[a][b]} times; ${b} taken for ${a}: ${counts[b][a]} times.`,
      };
    },
    onChange: () => draw(),
  });
  const shown = make("div", {},
    make("div", { class: "panels" },
      make("div", { class: "panel" }, make("p", { class: "name" }, "True class ↓, answer →"), make("div", { class: "scroll" }, table), make("p", { class: "key" }, KEY)),
      make("div", { class: "panel images" }, v.live, list, one)),
    facts);

  function draw() {
    predict.draw();
    shown.hidden = !predict.isOpen();
    if (shown.hidden) return;
    const cell = cellOf(s, data);
    const found = imagesOf(cell, data);
    matrix.update(n + 1, n + 1, edge ?? cell);
    drawList(cell, found);
    drawOne(cell, imageOf(s, data));
    facts.replaceChildren(...factLines(cell).map((line) => make("li", {}, line)));
    v.say(edge ? formula(edge).words : counted(cell, found));
  }

  // The focus stays where it is: the form is not on the page yet.
  if (data.ask) predict.node.firstChild.click();
  v.root.append(predict.node, shown, codeTab(v, (state) => code(state, data)), stateField(v, KIND, fields));
  v.onDraw(draw);
  return v.stop;
}

export default { render };
