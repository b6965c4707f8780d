/**
 * Few of `items` that are enough, none of which can be left out, in their order; earlier ones are preferred. All together have to be enough, and more of them
 * never less so. Asks `isEnough` about log₂ of the items once for each that it keeps, as the items may be many and what matters among them few.
 */
export const leastEnough = <Item>(items: readonly Item[], isEnough: (items: readonly Item[]) => boolean): readonly Item[] => {
  let kept: readonly Item[] = [];
  let left = items;
  // Each round takes at least one item from those left.
  while (left.length > 0 && !isEnough(kept)) {
    let [tooFew, enough] = [0, left.length];
    while (enough - tooFew > 1) {
      const middle = (tooFew + enough) >> 1;
      if (isEnough([...left.slice(0, middle), ...kept])) enough = middle;
      else tooFew = middle;
    }
    kept = [...left.slice(enough - 1, enough), ...kept];
    left = left.slice(0, enough - 1);
  }
  return kept;
};
