// @ts-check
// Numbers as people read them, and the ticks of an axis.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  brief, linearTicks, logTicks, roundUp, scoreText, steady, subscript, superscript, tickText, whole, writerOf,
} from "../../../pages/parts/live/network/numbers.js";

test("a number has about three significant digits and a real minus sign", () => {
  const texts = [0, 0.1234, 1.2345, 12.345, 1234.5, 123456, 0.01234, 0.00012, -2.5, Infinity, -Infinity, Number.NaN].map(brief);
  assert.deepEqual(texts, ["0", "0.12", "1.23", "12.3", "1235", "1.2e+5", "0.012", "1.2e-4", "−2.50", "∞", "−∞", "not a number"]);
});

test("a loss keeps its width", () => {
  assert.deepEqual([0.12345, 1.23456, 12.3456, 0, 123456, 0.0001, Infinity, Number.NaN, undefined].map(steady),
    ["0.1235", "1.2346", "12.346", "0.0000", "1.2e+5", "1.0e−4", "∞", "–", "–"]);
});

test("a score is a percentage only where it is an accuracy", () => {
  assert.equal(scoreText(0.9876, "accuracy"), "98.8 %");
  assert.deepEqual([0, 1e-6, 4e-4, 0.9996, 1999 / 2000, 1].map((share) => scoreText(share, "accuracy")),
    ["0.0 %", "0.0001 %", "0.04 %", "99.96 %", "99.95 %", "100.0 %"]);
  assert.deepEqual([1e-8, 1 - 1e-8].map((share) => scoreText(share, "accuracy")), ["under 0.0001 %", "over 99.9999 %"]);
  assert.equal(scoreText(-0.5, "R²"), "−0.500");
  assert.equal(scoreText(-1e6, "R²"), "< −99");
  assert.equal(scoreText(Number.NaN, "accuracy"), "–");
  assert.equal(scoreText(Number.NaN, "R²"), "not defined");
  assert.equal(scoreText(undefined, "R²"), "–");
});

test("numbers are written large, small and with commas", () => {
  assert.deepEqual([whole(12345.6), superscript(10), subscript(23)], ["12,346", "¹⁰", "₂₃"]);
});

test("ticks are round, lie within the axis and are about as many as asked for", () => {
  assert.deepEqual(linearTicks(0, 100, 5).map((tick) => tick + 0), [0, 20, 40, 60, 80, 100]);
  assert.deepEqual(linearTicks(-6, 6, 6).map((tick) => tick + 0), [-6, -4, -2, 0, 2, 4, 6]);
  assert.deepEqual(linearTicks(3, 3, 5), [3]);
  for (const [low, high] of [[0, 0.7], [-3.3, 12], [1e-6, 2e-6], [0, 12345]]) {
    const ticks = linearTicks(low, high, 6);
    assert.ok(ticks.length >= 3 && ticks.length <= 8, String(ticks));
    assert.ok(ticks.every((tick) => tick >= low - 1e-9 * high && tick <= high * (1 + 1e-9)));
  }
  assert.deepEqual(logTicks(0.001, 10, 9).map((tick) => Math.log10(tick)), [-3, -2, -1, 0, 1]);
  assert.deepEqual(logTicks(1e-6, 1, 3).map((tick) => Math.round(Math.log10(tick))), [-6, -3, 0]);
});

test("a tick's label is as short as it can be", () => {
  assert.deepEqual([0.5, 20, 1000, -2500, 1e-5, 0.30000000000000004].map(tickText), ["0.5", "20", "1k", "−2.5k", "1e−5", "0.3"]);
});

test("an axis ends at a round number that is not below its values", () => {
  assert.deepEqual([1, 1.01, 3.2, 9, 20, 0.034].map(roundUp), [1, 1.2, 4, 10, 20, 0.04]);
});

test("as many digits are written as a result is computed from", () => {
  // The sum of -2.6149 * 3.3139 + 3.7549 * 8.3649 - 2.5649 * 10.7499 - 2.4049 is -7.234; from three digits it is -7.04.
  const values = [-2.6149, 3.7549, -2.5649, 3.3139, 8.3649, 10.7499, -2.4049];
  /** @param {number[]} all */
  const sum = (all) => all[0] * all[3] + all[1] * all[4] + all[2] * all[5] + all[6];
  const write = writerOf(values, sum, sum(values));
  const read = values.map((value) => Number(write(value).replace("−", "-")));
  assert.equal(brief(sum(read)), brief(sum(values)));
  assert.notEqual(brief(sum(values.map((value) => Number(brief(value).replace("−", "-"))))), brief(sum(values)));
  assert.equal(writerOf([2, 3], ([a, b]) => a * b, 6), brief);
});
