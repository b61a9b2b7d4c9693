/** A row of a report: the value of each grouping, and the numbers that are summed. */
export interface FactRow {
  readonly groups: readonly { readonly value: string | null; readonly label: string }[];
  readonly numbers: readonly number[];
  readonly cells: readonly { readonly label: string; readonly value: unknown }[];
}

interface Grouping {
  readonly groupings: readonly Grouping[];
  readonly key: string;
  readonly label: string;
  readonly value: string | null;
}

interface Fact {
  readonly aggregates: readonly { readonly label: string; readonly value: number }[];
  readonly rows?: readonly { readonly dataCells: FactRow['cells'] }[];
}

export interface Facts {
  readonly groupings: readonly Grouping[];
  readonly factMap: Readonly<Record<string, Fact>>;
}

interface Shape {
  /** For each grouping, whether the highest comes first. */
  readonly descending: readonly boolean[];
  /** Decimals of each number. */
  readonly scales: readonly number[];
  readonly withRows: boolean;
}

/** Sums of all rows (`T!T`) and of each group (`0_1!T`), rows with the innermost groups. */
export function factsOf(rows: readonly FactRow[], shape: Shape): Facts {
  const factMap: Record<string, Fact> = {};
  const depth = shape.descending.length;
  const groupings = (some: readonly FactRow[], level: number, parent: string): Grouping[] => {
    factMap[`${parent === '' ? 'T' : parent}!T`] = fact(some, shape, level === depth);
    if (level === depth) return [];
    return grouped(some, level, shape.descending[level] ?? false).map(([first, own], at) => {
      const key = parent === '' ? String(at) : `${parent}_${at}`;
      return { groupings: groupings(own, level + 1, key), key, ...first };
    });
  };
  const found = groupings(rows, 0, '');
  return { groupings: found, factMap };
}

function fact(rows: readonly FactRow[], { scales, withRows }: Shape, isInnermost: boolean): Fact {
  const sums = scales.map((scale, at) => {
    const sum = rows.reduce((total, { numbers }) => total + (numbers[at] ?? 0), 0);
    return Number(sum.toFixed(scale));
  });
  const aggregates = [...sums, rows.length].map((value) => ({
    label: value.toLocaleString('en-US', { maximumFractionDigits: 10 }),
    value,
  }));
  if (!withRows) return { aggregates };
  return { aggregates, rows: isInnermost ? rows.map(({ cells }) => ({ dataCells: cells })) : [] };
}

type Group = FactRow['groups'][number];

/** Groups of equal values, those without a value first. */
function grouped(
  rows: readonly FactRow[],
  level: number,
  descending: boolean,
): readonly (readonly [Group, readonly FactRow[]])[] {
  const byValue = new Map<string, [Group, FactRow[]]>();
  for (const row of rows) {
    const group = row.groups[level] ?? { value: null, label: '-' };
    const known = byValue.get(String(group.value));
    if (known) known[1].push(row);
    else byValue.set(String(group.value), [group, [row]]);
  }
  const sign = descending ? -1 : 1;
  return [...byValue.values()].sort(
    ([{ value: a }], [{ value: b }]) => sign * ((a ?? '') < (b ?? '') ? -1 : 1),
  );
}
