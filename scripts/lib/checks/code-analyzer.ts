import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type * as analyzerCore from '@salesforce/code-analyzer-core';
import type * as pmdEngine from '@salesforce/code-analyzer-pmd-engine';
import type * as regexEngine from '@salesforce/code-analyzer-regex-engine';

/** Packages of CommonJS, which vitest and Node import in different ways. */
const load = createRequire(import.meta.url);

/** Something that PMD, CPD or the regex engine found. */
export interface Violation {
  /** Engine and rule, such as `pmd:AvoidHardcodingId`. */
  readonly rule: string;
  /** From 1 (critical) to 5 (info). */
  readonly severity: number;
  /** Below the folder that was looked at, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Recommended ones, and all of the engines for Apex and XML; ESLint judges JavaScript. */
const RULES = ['Recommended', 'pmd:Apex', 'pmd:XML', 'cpd:Apex', 'regex'];

/**
 * Runs Salesforce Code Analyzer over a folder; CPD takes a hundred equal tokens for a copy.
 * @param java a Java of at least version 11
 * @throws Error where an engine does not run
 */
export async function analyze(
  root: string,
  folder: string,
  java: string,
): Promise<readonly Violation[]> {
  const { CodeAnalyzer, CodeAnalyzerConfig } = load(
    '@salesforce/code-analyzer-core',
  ) as typeof analyzerCore;
  const { createEnginePlugin: pmd } = load(
    '@salesforce/code-analyzer-pmd-engine',
  ) as typeof pmdEngine;
  const { createEnginePlugin: regex } = load(
    '@salesforce/code-analyzer-regex-engine',
  ) as typeof regexEngine;
  const logs = mkdtempSync(join(tmpdir(), 'woo-salesforce-analyzer-'));
  try {
    const engines = { pmd: { java_command: java }, cpd: { java_command: java } };
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ log_folder: logs, engines }));
    // The engines name the version of their interface by themselves.
    for (const plugin of [pmd(), regex()]) {
      await analyzer.addEnginePlugin(plugin);
    }
    const missing = ['pmd', 'cpd', 'regex'].filter(
      (name) => !analyzer.getEngineNames().includes(name),
    );
    if (missing.length > 0) throw new Error(`Code Analyzer did not start ${missing.join(', ')}.`);
    const workspace = await analyzer.createWorkspace([join(root, folder)]);
    const rules = await analyzer.selectRules(RULES, { workspace });
    const results = await analyzer.run(rules, { workspace });
    return results.getViolations().map((found) => violationOf(root, found));
  } finally {
    rmSync(logs, { recursive: true, force: true });
  }
}

function violationOf(root: string, found: analyzerCore.Violation): Violation {
  const rule = found.getRule();
  const place = found.getPrimaryLocation();
  const file = place.getFile();
  return {
    rule: `${rule.getEngineName()}:${rule.getName()}`,
    severity: rule.getSeverityLevel(),
    file: file === undefined ? '' : relative(root, file).split(sep).join('/'),
    line: place.getStartLine() ?? 1,
    message: found.getMessage(),
  };
}
