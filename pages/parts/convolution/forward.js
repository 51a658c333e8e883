// @ts-check
// What the network on the board makes of a picture: the core's forward pass, worked in the browser while one draws.

/** A block of the network: the side of its maps, of its windows and of a tile, and for each filter its weights and bias.
 *  @typedef {{side: number, kernel: number, pool: number, matrix: number[][]}} Block */
/** @typedef {ArrayLike<number>} Numbers */

/** One block on maps (C, side * side): sums of products with zeros around, ReLU, and the largest of every pool x pool places.
 *  @param {Numbers[]} maps
 *  @param {Block} block */
export function runBlock(maps, { side, kernel, pool, matrix }) {
  const pad = (kernel - 1) / 2;
  const answers = matrix.map((row) => {
    const out = new Float64Array(side * side);
    for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) {
      let sum = row[row.length - 1], k = 0;
      for (const map of maps) for (let i = y - pad; i <= y + pad; i++) for (let j = x - pad; j <= x + pad; j++, k++)
        if (i >= 0 && i < side && j >= 0 && j < side) sum += map[i * side + j] * row[k];
      out[y * side + x] = Math.max(0, sum);
    }
    return out;
  });
  const small = Math.floor(side / pool);
  const pooled = answers.map((map) => Float64Array.from({ length: small * small }, (_, place) => {
    const top = Math.floor(place / small) * pool, left = (place % small) * pool;
    let most = -Infinity;
    for (let i = 0; i < pool; i++) for (let j = 0; j < pool; j++) most = Math.max(most, map[(top + i) * side + left + j]);
    return most;
  }));
  return { answers, pooled };
}

/** The maps of every block for a picture, and the shares of all classes: the same arithmetic as the core's.
 *  @param {{blocks: Block[], dense: number[][]}} network
 *  @param {Numbers} picture */
export function answer({ blocks, dense }, picture) {
  /** @type {Numbers[]} */
  let maps = [picture];
  const made = blocks.map((block) => {
    const { answers, pooled } = runBlock(maps, block);
    maps = pooled;
    return answers;
  });
  const flat = maps.flatMap((map) => Array.from(map));
  const sums = dense.map((row) => flat.reduce((sum, value, k) => sum + value * row[k], row[row.length - 1]));
  const most = Math.max(...sums), powers = sums.map((z) => Math.exp(z - most));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return { made, shares: powers.map((value) => value / total) };
}

/** For a narrow column: 0 % and 100 % are only of exactly none and all, and what one digit does not tell from them is said so.
 *  @param {number} share */
export function percent(share) {
  if (share > 0 && share < 0.0005) return "<0.1 %";
  if (share >= 0.9995 && share < 1) return ">99.9 %";
  const isNear = (share > 0 && share < 0.01) || (share >= 0.99 && share < 1);
  return isNear ? `${(100 * share).toFixed(1)} %` : `${Math.round(100 * share)} %`;
}
