import { deployFiles, failuresOf, file, type Files } from '../../../metadata/test/packages.ts';
import { HttpOrg } from '../http-org.ts';

const described = (type: string): string =>
  file(type, '<apiVersion>66.0</apiVersion><status>Active</status>');

/** Files of classes and triggers, each with its description. */
export function codeFiles(...sources: readonly string[]): Files {
  return Object.fromEntries(
    sources.flatMap((source) => {
      const [, kind = '', name = ''] =
        /\b(class|interface|enum|trigger)\s+(\w+)/i.exec(source) ?? [];
      const isTrigger = kind.toLowerCase() === 'trigger';
      const path = isTrigger ? `triggers/${name}.trigger` : `classes/${name}.cls`;
      return [
        [path, source],
        [`${path}-meta.xml`, described(isTrigger ? 'ApexTrigger' : 'ApexClass')],
      ];
    }),
  );
}

/** What anonymous Apex has come to. */
export interface Ran {
  readonly compiled: boolean;
  readonly compileProblem: string | null;
  readonly success: boolean;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

interface Action {
  readonly isSuccess: boolean;
  readonly errors: readonly { readonly message: string }[] | null;
  readonly outputValues: Readonly<Record<string, unknown>> | null;
}

/** A listening org to which tests deploy code. */
export class CodeOrg {
  readonly at: HttpOrg;

  private constructor(at: HttpOrg) {
    this.at = at;
  }

  static async start(...args: Parameters<typeof HttpOrg.start>): Promise<CodeOrg> {
    return new CodeOrg(await HttpOrg.start(...args));
  }

  close(): Promise<void> {
    return this.at.close();
  }

  /** What a deploy refuses. */
  refused(files: Files): readonly string[] {
    return failuresOf(deployFiles(this.at.org.data, files));
  }

  /** @throws Error where the deploy is refused */
  deploy(files: Files): void {
    const failures = this.refused(files);
    if (failures.length > 0) throw new Error(failures.join('\n'));
  }

  /** Runs anonymous Apex as the administrator. */
  async run(code: string): Promise<Ran> {
    const query = new URLSearchParams({ anonymousBody: code }).toString();
    const { status, body } = await this.at.rest('GET', `/tooling/executeAnonymous/?${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as Ran;
  }

  /** The text of an expression behind anonymous code; of what the code throws, what is said of it. */
  async told(expression: string, before = ''): Promise<string> {
    const ran = await this.run(
      `public class ToldException extends Exception {} ${before} throw new ToldException(String.valueOf(${expression}));`,
    );
    if (!ran.compiled) throw new Error(ran.compileProblem ?? '');
    const [, said] = /ToldException: ([^]*)$/.exec(ran.exceptionMessage ?? '') ?? [];
    return said ?? ran.exceptionMessage ?? '';
  }

  /** Calls an action with inputs. */
  async action(path: string, ...inputs: readonly object[]): Promise<readonly Action[]> {
    const { body } = await this.at.rest('POST', `/actions/custom/${path}`, { inputs });
    return body as readonly Action[];
  }

  async values(soql: string): Promise<readonly unknown[]> {
    const rows = await this.at.query(soql);
    return rows.map((row) => Object.values(row)[1]);
  }
}
