import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { conditionOf, listQuery, orderOf } from 'host/query';

/** How its user has sorted a list view, which stays so as long as the app is open. */
const sorts = new Map();

/** The records of a list view: by its first column at first, since metadata cannot say otherwise. */
export default class ListView extends LightningElement {
  /** Of the metadata: `{ name, label, columns, filters, note }`; with `ids`, these records in this order. */
  @api view;
  @api objectInfo;
  @api pageSize = 50;
  earlier = [];
  /** What the user has chosen here: `{ field, isDescending }`. */
  chosen;
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

  get sortKey() {
    return `${this.objectInfo.apiName}/${this.view.name}`;
  }

  /** What was viewed stays in that order. */
  get isSortable() {
    return this.view.ids === undefined;
  }

  get tableSort() {
    return this.isSortable ? this.sort : undefined;
  }

  get sort() {
    const { fields } = this.objectInfo;
    const field = this.view.columns.find((one) => fields[one]?.sortable);
    return this.chosen ?? sorts.get(this.sortKey) ?? { field: field ?? 'Id', isDescending: false };
  }

  get isNothing() {
    return this.view.ids?.length === 0;
  }

  get query() {
    if (this.isNothing) return undefined;
    const conditions = this.view.ids
      ? [`{ Id: { in: ${JSON.stringify(this.view.ids)} } }`]
      : this.filtering.conditions;
    const { field, isDescending } = this.sort;
    const part = listQuery(this.objectInfo, {
      columns: this.view.columns,
      first: Number(this.pageSize),
      after: '$after',
      where: conditions.length > 0 ? `{ and: [${conditions.join(', ')}] }` : undefined,
      orderBy: orderOf(field, this.objectInfo.fields[field], isDescending),
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
    const nodes = [...this.earlier, ...(this.connection?.edges ?? []).map(({ node }) => node)];
    const { ids } = this.view;
    return ids ? nodes.toSorted((a, b) => ids.indexOf(a.Id) - ids.indexOf(b.Id)) : nodes;
  }

  get isLoaded() {
    return this.isNothing || Boolean(this.connection) || this.earlier.length > 0;
  }

  get isLoading() {
    return !this.isNothing && !this.connection && !this.result.errors;
  }

  get failure() {
    return this.result.errors?.map(({ message }) => message).join(' ');
  }

  get canLoadMore() {
    return this.connection?.pageInfo.hasNextPage;
  }

  handleSort({ detail: { field } }) {
    const { field: before, isDescending } = this.sort;
    this.chosen = { field, isDescending: field === before && !isDescending };
    sorts.set(this.sortKey, this.chosen);
    this.earlier = [];
    this.after = null;
    this.result = {};
  }

  handleMore() {
    this.earlier = this.nodes;
    this.after = this.connection.pageInfo.endCursor;
    this.result = {};
  }
}
