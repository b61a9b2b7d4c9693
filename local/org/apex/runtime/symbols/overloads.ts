import type { Type } from '../types/type.ts';
import type { World } from './world.ts';

interface Called {
  readonly parameters: readonly Type[];
}

/** How well an argument fits: the same type, a conversion of numbers or texts, a type above, and any object last. */
function cost(world: World, from: Type, to: Type): number {
  if (from === to) return 0;
  if (to.name === 'Object') return 50;
  const at = world.supertypes(from).indexOf(to);
  return at >= 0 ? 1 + at : 10;
}

/** The method that arguments of these types call: of all that fit, the one that fits best. */
export function chosen<One extends Called>(
  world: World,
  methods: readonly One[],
  args: readonly Type[],
): One | undefined {
  const fitting = methods.filter(
    ({ parameters }) =>
      parameters.length === args.length &&
      parameters.every((one, at) => world.isAssignable(args[at] ?? one, one)),
  );
  let best = fitting[0];
  let least = Number.POSITIVE_INFINITY;
  for (const one of fitting) {
    const sum = one.parameters.reduce((all, to, at) => all + cost(world, args[at] ?? to, to), 0);
    if (sum < least) [best, least] = [one, sum];
  }
  return best;
}
