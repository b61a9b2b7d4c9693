import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DiskCache } from '../../apex/runtime/disk-cache.ts';
import { installedJava } from './java.ts';
import { apexLsVersion, type ApexIssue, LEAST_JAVA, runApexLs } from './run.ts';
import { apexIn, textOf, type Workspace } from './workspace.ts';

/** Some thousand bytes each: what stands in a workspace is not kept with them. */
const MOST_KEPT = 500;

/** Where this project's own Apex lies. */
const PROJECT = join(import.meta.dirname, '../../../..');
const FOLDERS = ['force-app', 'config'];

/** A run that has not been made: the deploy waits for it. */
export class Unjudged extends Error {
  readonly workspace: Workspace;

  constructor(workspace: Workspace) {
    super('apex-ls has not judged this Apex.');
    this.workspace = workspace;
  }
}

/** This project's Apex, by content: `npm test` has apex-ls judge it, so that no deploy of it waits. */
function ownApex(): ReadonlySet<string> {
  const texts = FOLDERS.flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(cls|trigger)$/.test(name))
      .map((name) => readFileSync(join(PROJECT, folder, name), 'utf8')),
  );
  return new Set(texts);
}

interface ApexLsOptions {
  readonly findJava?: () => Promise<string | undefined>;
  /** Where verdicts are kept; the project's cache when left out. */
  readonly folder?: string;
}

/** Writes the files into a folder of their own. */
function written(workspace: Workspace): string {
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apex-ls-'));
  for (const [path, text] of workspace) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/**
 * The judgement of apex-ls on Apex that is deployed. It runs in a process of its own, where there is a Java that is new
 * enough; what it said is kept by content, on disk.
 */
export class ApexLs {
  private readonly report: (line: string) => void;
  private readonly findJava: () => Promise<string | undefined>;
  private readonly verdicts: DiskCache<readonly ApexIssue[]>;
  private readonly stop = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private own: ReadonlySet<string> | undefined;
  private java: Promise<string | undefined> | undefined;
  private isHere = true;
  /** What it could not judge, by content. */
  private readonly failed = new Set<string>();

  /** @param report is told where a run did not come to its end */
  constructor(
    report: (line: string) => void,
    { findJava = () => installedJava(LEAST_JAVA), folder }: ApexLsOptions = {},
  ) {
    this.report = report;
    this.findJava = findJava;
    this.verdicts = new DiskCache('apex-ls', {
      madeBy: apexLsVersion(),
      mostFiles: MOST_KEPT,
      ...(folder === undefined ? {} : { folder }),
    });
  }

  /**
   * What it refuses of the Apex of a workspace.
   * @throws Unjudged where a run has to be made first
   */
  verdictOn(workspace: Workspace): readonly ApexIssue[] {
    if (!this.isHere) return [];
    this.own ??= ownApex();
    const { own } = this;
    if (apexIn(workspace).every((text) => own.has(text))) return [];
    const text = textOf(workspace);
    const found = this.failed.has(text) ? [] : this.verdicts.find(text);
    if (found) return found;
    throw new Unjudged(workspace);
  }

  /** Makes the run; two deploys of the same Apex share one. */
  async judge(workspace: Workspace): Promise<void> {
    const text = textOf(workspace);
    const run = this.running.get(text) ?? this.run(workspace, text);
    this.running.set(text, run);
    await run;
    this.running.delete(text);
  }

  /** Ends what runs. */
  close(): void {
    this.stop.abort();
  }

  private async run(workspace: Workspace, text: string): Promise<void> {
    this.java ??= this.findJava();
    const java = await this.java;
    if (java === undefined) {
      this.isHere = false;
      return;
    }
    const folder = written(workspace);
    try {
      this.verdicts.keep(text, await runApexLs(java, folder, this.stop.signal));
    } catch (error) {
      // The org's own compiler has judged the Apex already.
      this.failed.add(text);
      if (!this.stop.signal.aborted) this.report((error as Error).message);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
