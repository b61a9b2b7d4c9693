/** Counts the requests to the shop, by verb and route, so that tests and benches can see what a client cost. */
export class RequestCount {
  #byRoute = new Map<string, number>();

  /** Ids in the path do not make another route; `cut` is a request whose connection broke before it was carried out. */
  add(method: string, path: string, status: number | 'cut'): void {
    const route = `${method} ${path.replace(/\/\d+(?=\/|$)/g, '/{id}')} ${status}`;
    this.#byRoute.set(route, (this.#byRoute.get(route) ?? 0) + 1);
  }

  reset(): void {
    this.#byRoute = new Map();
  }

  /** Keys read `GET /wp-json/wc/v3/orders/{id} 200`. */
  summary(): { total: number; byRoute: Record<string, number> } {
    const total = [...this.#byRoute.values()].reduce((sum, count) => sum + count, 0);
    return {
      total,
      byRoute: Object.fromEntries([...this.#byRoute].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}
