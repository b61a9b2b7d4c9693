interface RequestSummary {
  total: number;
  /** those that may change something */
  writes: number;
  /** images that were made, by where they came from */
  media: { uploaded: number; fetched: number };
  byRoute: Record<string, number>;
}

/** Counts the requests to the shop, by verb and route, so that tests and benches can see what a client cost. */
export class RequestCount {
  #byRoute = new Map<string, number>();
  #writes = 0;
  #media = { uploaded: 0, fetched: 0 };

  /** Ids in the path do not make another route; `cut` is a request whose connection broke before it was carried out. */
  add(method: string, path: string, status: number | 'cut'): void {
    const known = path.replace(/^(\/wp-content\/uploads\/).*/, '$1{file}');
    const route = `${method} ${known.replace(/\/\d+(?=\/|$)/g, '/{id}')} ${status}`;
    this.#byRoute.set(route, (this.#byRoute.get(route) ?? 0) + 1);
    this.#writes += ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method) ? 1 : 0;
  }

  /** An image came into the media library. */
  addMedia(source: 'uploaded' | 'fetched'): void {
    this.#media[source] += 1;
  }

  reset(): void {
    this.#byRoute = new Map();
    this.#writes = 0;
    this.#media = { uploaded: 0, fetched: 0 };
  }

  /** Keys read `GET /wp-json/wc/v3/orders/{id} 200`. */
  summary(): RequestSummary {
    const total = [...this.#byRoute.values()].reduce((sum, count) => sum + count, 0);
    return {
      total,
      writes: this.#writes,
      media: { ...this.#media },
      byRoute: Object.fromEntries([...this.#byRoute].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}
