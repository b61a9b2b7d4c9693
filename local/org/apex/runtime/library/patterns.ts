import { exception } from '../run/exception.ts';
import { platformClass, type PlatformClass } from '../types/platform.ts';
import { javaReplacement } from '../values/patterns.ts';
import { PlatformObject } from '../values/value.ts';
import { patternOf } from './strings.ts';

class PatternObject extends PlatformObject {
  readonly apexType = 'Pattern';
  readonly source: string;

  constructor(source: string) {
    super();
    patternOf(source);
    this.source = source;
  }
}

class MatcherObject extends PlatformObject {
  readonly apexType = 'Matcher';
  readonly pattern: PatternObject;
  readonly text: string;
  found: RegExpExecArray | null = null;
  /** Where the next search begins. */
  from = 0;

  constructor(pattern: PatternObject, text: string) {
    super();
    this.pattern = pattern;
    this.text = text;
  }

  find(): boolean {
    const by = patternOf(this.pattern.source);
    by.lastIndex = this.from;
    this.found = this.from > this.text.length ? null : by.exec(this.text);
    if (this.found) {
      const end = this.found.index + this.found[0].length;
      this.from = this.found[0] === '' ? end + 1 : end;
    }
    return this.found !== null;
  }

  matches(): boolean {
    this.found = patternOf(this.pattern.source, '', true).exec(this.text);
    return this.found !== null;
  }

  get match(): RegExpExecArray {
    if (this.found) return this.found;
    throw exception('StringException', 'No match found');
  }
}

function group(matcher: MatcherObject, at: number): string | null {
  const { match } = matcher;
  if (at < 0 || at >= match.length) throw exception('StringException', `No group ${at}`);
  return match[at] ?? null;
}

const replace = (flags: string) => (matcher: MatcherObject, by: string) =>
  matcher.text.replace(patternOf(matcher.pattern.source, flags), (...found: readonly unknown[]) =>
    javaReplacement(by, found as (string | undefined)[]),
  );

export const patternClasses: readonly PlatformClass[] = [
  platformClass('Pattern', {
    'static Pattern compile(String)': (source: string) => new PatternObject(source),
    'static Boolean matches(String, String)': (source: string, text: string) =>
      patternOf(source, '', true).test(text),
    'static String quote(String)': (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'),
    'Matcher matcher(String)': (pattern: PatternObject, text: string) =>
      new MatcherObject(pattern, text),
    'String pattern()': (pattern: PatternObject) => pattern.source,
  }),
  platformClass('Matcher', {
    'Boolean matches()': (matcher: MatcherObject) => matcher.matches(),
    'Boolean find()': (matcher: MatcherObject) => matcher.find(),
    'String group()': (matcher: MatcherObject) => group(matcher, 0),
    'String group(Integer)': group,
    'Integer groupCount()': (matcher: MatcherObject) =>
      (new RegExp(`${patternOf(matcher.pattern.source).source}|`).exec('')?.length ?? 1) - 1,
    'Integer start()': (matcher: MatcherObject) => matcher.match.index,
    'Integer end()': (matcher: MatcherObject) => matcher.match.index + matcher.match[0].length,
    'Boolean hitEnd()': (matcher: MatcherObject) => matcher.from >= matcher.text.length,
    'Boolean lookingAt()': (matcher: MatcherObject) => {
      matcher.found = patternOf(matcher.pattern.source, 'y').exec(matcher.text);
      return matcher.found !== null;
    },
    'String replaceAll(String)': replace('g'),
    'String replaceFirst(String)': replace(''),
  }),
];
