/** `from` imports `to`; both are paths of files. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** An image of how folders import each other. */
export interface Diagram {
  readonly title: string;
  /** Matches a file's path; the groups are the box around the folder, if there is one, and the folder. */
  readonly folder: RegExp;
}

const DIAGRAMS: readonly Diagram[] = [
  {
    title: 'Programs and storeys',
    folder: /^(?:(?<box>sidecar\/src|local)\/(?<inner>[^/]+)|(?<top>scripts|bench|test))\//,
  },
  { title: 'The steps of `sidecar/src/sync`', folder: /^sidecar\/src\/sync\/(?<inner>[^/]+)\// },
  {
    title: 'The steps of `sidecar/src/mapping`',
    folder: /^sidecar\/src\/mapping\/(?<inner>[^/]+)\//,
  },
  { title: 'The storeys of `local/org`', folder: /^local\/org\/(?<inner>[^/]+)\// },
  {
    title: 'The steps of `local/org/metadata`',
    folder: /^local\/org\/metadata\/(?<inner>[^/]+)\//,
  },
  { title: 'The storeys of `local/store`', folder: /^local\/store\/(?<inner>[^/]+)\// },
];
const TEST = /(^|\/)[\w-]+\.test\.ts$|\/test\//;

const BEGIN = '<!-- graph: made by `npm run graph` -->';
const END = '<!-- graph: end -->';

/**
 * The page with its images drawn anew.
 * @throws Error where the page has no place for them
 */
export function withDiagrams(page: string, imports: readonly Import[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no lines ${BEGIN} and ${END}.`);
  const diagrams = DIAGRAMS.map(
    (diagram) => `${diagram.title}:\n\n\`\`\`mermaid\n${mermaid(imports, diagram)}\n\`\`\`\n\n`,
  );
  return `${page.slice(0, begin)}${BEGIN}\n\n${diagrams.join('')}${page.slice(end)}`;
}

/** A flowchart of the folders; an arrow that others imply is left out. */
export function mermaid(imports: readonly Import[], { folder }: Diagram): string {
  const boxes = new Map<string, Set<string>>();
  const arrows = new Map<string, Set<string>>();
  const nodeOf = (file: string): string | undefined => {
    const { box = '', inner, top } = TEST.test(file) ? {} : (folder.exec(file)?.groups ?? {});
    const name = inner ?? top;
    if (name === undefined) return undefined;
    const node = box === '' ? name : `${box}/${name}`;
    boxes.set(box, (boxes.get(box) ?? new Set()).add(node));
    return node;
  };
  for (const { from, to } of imports) {
    const [above, below] = [nodeOf(from), nodeOf(to)];
    if (above === undefined || below === undefined || above === below) continue;
    arrows.set(above, (arrows.get(above) ?? new Set()).add(below));
  }
  return ['flowchart TD', ...boxLines(boxes), ...arrowLines(arrows)].join('\n');
}

const byName = <T>(entries: ReadonlyMap<string, T>) =>
  [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

function boxLines(boxes: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return byName(boxes).flatMap(([box, nodes]) => {
    const lines = [...nodes]
      .sort()
      .map((node) => `  ${idOf(node)}["${node.slice(node.lastIndexOf('/') + 1)}"]`);
    return box === ''
      ? lines
      : [`  subgraph ${idOf(box)}_["${box}"]`, ...lines.map((line) => `  ${line}`), '  end'];
  });
}

type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

function arrowLines(arrows: Arrows): readonly string[] {
  return byName(arrows).flatMap(([above, below]) =>
    [...below]
      .filter((one) => ![...below].some((other) => other !== one && reaches(arrows, other, one)))
      .sort()
      .map((one) => `  ${idOf(above)} --> ${idOf(one)}`),
  );
}

function reaches(arrows: Arrows, from: string, to: string, seen = new Set<string>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const next = arrows.get(from) ?? new Set();
  return next.has(to) || [...next].some((one) => reaches(arrows, one, to, seen));
}

/** Mermaid takes letters, digits and lines below only, and not the word "end". */
const idOf = (node: string): string => `n_${node.replaceAll(/\W/g, '_')}`;
