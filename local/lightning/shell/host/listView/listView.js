import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { conditionOf, listQuery, nameFieldOf } from 'host/query';

/** The records of a list view. */
export default class ListView extends LightningElement {
  /** Of the metadata: `{ name, label, columns, filters, note }`. */
  @api view;
  @api objectInfo;
  @api pageSize = 50;
  earlier = [];
  after = null;
  result = {};

  /** Conditions that can be asked for, and the filters that cannot. */
  get filtering() {
    const conditions = [];
    const unknown = [];
    for (const filter of this.view.filters) {
      try {
        conditions.push(conditionOf(filter, this.objectInfo.fields[filter.field]));
      } catch (error) {
        unknown.push(error.message);
      }
    }
    return { conditions, unknown };
  }

  get note() {
    const { unknown } = this.filtering;
    const text =
      unknown.length > 0 ? `The host does not apply the filter ${unknown.join(', ')}.` : '';
    return [this.view.note, text].filter(Boolean).join(' ');
  }

  get query() {
    const { conditions } = this.filtering;
    const part = listQuery(this.objectInfo, {
      columns: this.view.columns,
      first: Number(this.pageSize),
      after: '$after',
      where: conditions.length > 0 ? `{ and: [${conditions.join(', ')}] }` : undefined,
      orderBy: `{ ${nameFieldOf(this.objectInfo.nameFields)}: { order: ASC } }`,
    });
    return `query listView($after: String) { uiapi { query { ${part} } } }`;
  }

  get variables() {
    return { after: this.after };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  take(result) {
    this.result = result;
  }

  get connection() {
    return this.result.data?.uiapi.query[this.objectInfo.apiName];
  }

  get nodes() {
    return [...this.earlier, ...(this.connection?.edges ?? []).map(({ node }) => node)];
  }

  get isLoaded() {
    return Boolean(this.connection) || this.earlier.length > 0;
  }

  get isLoading() {
    return !this.connection && !this.result.errors;
  }

  get failure() {
    return this.result.errors?.map(({ message }) => message).join(' ');
  }

  get canLoadMore() {
    return this.connection?.pageInfo.hasNextPage;
  }

  handleMore() {
    this.earlier = this.nodes;
    this.after = this.connection.pageInfo.endCursor;
    this.result = {};
  }
}
