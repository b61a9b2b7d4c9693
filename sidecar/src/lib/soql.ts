/** Characters of one query in an address, below the 16 KB at which a real org cuts off, path and all. */
const LONGEST = 15_000;
/** Characters that a field can hold which may be asked for. */
const LONGEST_VALUE = 255;

/**
 * Queries for the records of an object that hold one of the values in one of the fields: as few as addresses
 * are long. Values that no field can hold are not asked for.
 */
export function inQueries(
  object: string,
  columns: readonly string[],
  values: ReadonlyMap<string, ReadonlySet<string>>,
): string[] {
  const head = `SELECT ${columns.join(', ')} FROM ${object} WHERE `;
  const queries: string[] = [];
  let parts = new Map<string, string[]>();
  let room = LONGEST - encodedLength(head);
  const close = () => {
    const terms = [...parts].map(([field, literals]) => `${field} IN (${literals.join(',')})`);
    if (terms.length > 0) queries.push(head + terms.join(' OR '));
    parts = new Map();
    room = LONGEST - encodedLength(head);
  };
  for (const [field, some] of values) {
    for (const value of some) {
      if (value.length > LONGEST_VALUE || !value.isWellFormed()) continue;
      const literal = soqlText(value);
      const size = encodedLength(literal) + 3;
      const opening = parts.has(field) ? 0 : encodedLength(` OR ${field} IN ()`);
      if (size + opening > room) close();
      const literals = parts.get(field);
      if (literals) literals.push(literal);
      else {
        parts.set(field, [literal]);
        room -= encodedLength(` OR ${field} IN ()`);
      }
      room -= size;
    }
  }
  close();
  return queries;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A text as SOQL writes it. */
export function soqlText(value: string): string {
  return `'${value.replace(/['\\\n\r\t\b\f]/g, (char) => ESCAPES[char] ?? '')}'`;
}

function encodedLength(text: string): number {
  return encodeURIComponent(text).length;
}
