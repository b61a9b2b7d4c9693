import { childOf, childrenOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';

/** How many columns a section has at most; a section of links has three. */
const most: ReadonlyMap<string, number> = new Map([
  ['OneColumn', 1],
  ['TwoColumnsLeftToRight', 2],
  ['TwoColumnsTopToBottom', 2],
  ['CustomLinks', 3],
]);

/** The first column that a section has too many of. */
export function columnProblems(
  section: XmlElement,
  styleElement: string,
  columnElement: string,
): Problem[] {
  const style = childOf(section, styleElement)?.text.trim() ?? '';
  const columns = childrenOf(section, columnElement);
  const limit = most.get(style) ?? columns.length;
  const extra = columns[limit];
  return extra
    ? [
        problemAt(
          extra,
          `A section of the style ${style} has at most ${limit} ${columnElement}, not ${columns.length}`,
        ),
      ]
    : [];
}
