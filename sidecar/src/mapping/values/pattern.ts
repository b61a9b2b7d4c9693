import { RE2JS, RE2JSException } from 're2js';
import { Refusal } from '../model/refusal.ts';

/** Steps that one search may take, each up to 40 ns: a character of the text for a part of the pattern. */
const MOST_STEPS = 400_000;
/** Parts of the largest pattern, so that each can search a text of a thousand characters. */
const LARGEST = 400;

/** What a regular expression finds in a text: its first group, else all of the match; null for nothing. */
export type Find = (text: string) => string | null | Refusal;

/**
 * Reads a regular expression of RE2, whose time grows with the text and never by itself: it has no look-around and no
 * reference to a group.
 * @returns why it cannot be used, as the rest of a sentence, where it cannot
 */
export function readPattern(expression: string): Find | string {
  const compiled = compile(expression);
  if (typeof compiled === 'string') return compiled;
  const size = compiled.programSize();
  if (size > LARGEST) return 'repeats more than can be searched while other records wait';
  const longest = Math.floor(MOST_STEPS / size);
  const group = compiled.groupCount() > 0 ? 1 : 0;
  return (text) => {
    if (text.length > longest) return tooLarge(text.length, longest);
    const matcher = compiled.matcher(text);
    return matcher.find() ? (matcher.group(group) ?? null) : null;
  };
}

function compile(expression: string): RE2JS | string {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const said = error.message.replace(/^error parsing regexp: /, '').replaceAll('`', '"');
    return `is no regular expression that can be used (${said.slice(0, 80)})`;
  }
}

function tooLarge(length: number, longest: number): Refusal {
  return new Refusal(
    'VALUE_TEXT_TOO_LARGE',
    `has ${length} characters, and the regular expression can search ${longest}: map another attribute, or write a shorter expression`,
  );
}
