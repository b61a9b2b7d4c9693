/** What a page has asked the org for. */
export type RequestKind =
  | 'record'
  | 'object-info'
  | 'graphql'
  | 'other-ui-api'
  | 'file'
  | 'upload'
  | 'apex';

export interface RequestTotals {
  readonly requests: number;
  readonly byKind: Readonly<Partial<Record<RequestKind, number>>>;
}

export function kindOf(path: string): RequestKind {
  if (path.startsWith('/sfc/')) return 'file';
  if (path.startsWith('/local/apex/')) return 'apex';
  if (path.endsWith('/graphql')) return 'graphql';
  if (path.includes('/ui-api/records')) return 'record';
  return path.includes('/ui-api/object-info') ? 'object-info' : 'other-ui-api';
}

/** Counts the calls that went on to the org since the start or the last reset. */
export class RequestCounts {
  private kinds = new Map<RequestKind, number>();

  count(kind: RequestKind): void {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
  }

  totals(): RequestTotals {
    const requests = [...this.kinds.values()].reduce((sum, count) => sum + count, 0);
    return { requests, byKind: Object.fromEntries(this.kinds) };
  }

  reset(): void {
    this.kinds = new Map();
  }
}
