import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

/**
 * `lightning/graphql` for unit tests: `graphql.emit(data)`, `graphql.emitErrors(list)` as in the stub of sfdx-lwc-jest,
 * which has no mutations, and whose `gql` gives nothing that a test could read.
 */
export class graphql extends createTestWireAdapter() {
    static refresh = jest.fn(() => Promise.resolve());

    static emit(data, filter) {
        super.emit({ data, errors: undefined, refresh: graphql.refresh }, filter);
    }

    static emitErrors(errors, filter) {
        super.emit({ data: undefined, errors, refresh: graphql.refresh }, filter);
    }

    constructor(dataCallback) {
        super(dataCallback);
        dataCallback({ data: undefined, errors: undefined });
    }
}

export const gql = (parts, ...values) => String.raw({ raw: parts }, ...values);
export const executeMutation = jest.fn();
