import { read, readAnew, write } from 'platform/http';
import { connected, Wire } from 'platform/wire';

/** A query as text; `${}` puts one query into another, as version 2 of the module allows. */
export const gql = (parts, ...values) => String.raw({ raw: parts }, ...values);

const path = '/graphql';

const bodyOf = ({ query, variables = {}, operationName }) => ({ query, variables, operationName });

/** GraphQL answers 200 with a list of errors; a refused request has an error of its own, put in the same list. */
const failed = (error) => ({ data: undefined, errors: [{ ...error.body, status: error.status }] });

const resultOf = ({ data, errors }) => ({
  data: data ?? undefined,
  errors: errors?.length > 0 ? errors : undefined,
});

/** Wire `graphql` with `{ query, variables, operationName }`: results are `{ data, errors, refresh }`. */
export class graphql extends Wire {
  isReady(config) {
    return config?.query !== undefined;
  }

  ask(config, { isRefresh }) {
    return (isRefresh ? readAnew : read)('POST', path, bodyOf(config));
  }

  /** Whoever shows the same shows what a refresh has brought. */
  give(result, options = {}) {
    super.give(result, options);
    if (!options.isRefresh || result.error) return;
    const same = (wire) => wire instanceof graphql && wire !== this && wire.key === this.key;
    for (const wire of connected(same)) {
      wire.turn += 1;
      Wire.prototype.give.call(wire, result, options);
    }
  }

  shape({ data, error }) {
    const refresh = () => this.run({ isRefresh: true });
    if (error) return { ...failed(error), refresh };
    return data ? { ...resultOf(data), refresh } : { data: undefined, errors: undefined, refresh };
  }
}

/**
 * Sends a mutation.
 * @returns `{ data, errors }`; what a wire shows stays as it is until its `refresh`
 */
export async function executeMutation(config) {
  try {
    return resultOf(await write('POST', path, bodyOf(config)));
  } catch (error) {
    return failed(error);
  }
}
