import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { objectInfo, objectPages } from 'host/pages';
import { listQuery } from 'host/query';

const mostRows = 25;

/** `force:relatedListContainer`: all related lists of the object's layout, with one request. */
export default class RelatedLists extends LightningElement {
  @api context;
  /** Shows only the list of this name (`Woo_Refunds__r`), for `force:relatedListSingleContainer`. */
  @api relatedListApiName;
  result = {};

  get shown() {
    return objectPages(this.context.objectApiName)
      .layout.relatedLists.filter((list) => objectInfo(list.object) && this.isWanted(list))
      .map((list, at) => ({ ...list, alias: `list${at}` }));
  }

  isWanted({ object, lookup }) {
    if (!this.relatedListApiName) return true;
    return this.context.objectInfo?.childRelationships.some(
      ({ relationshipName, childObjectApiName, fieldName }) =>
        relationshipName === this.relatedListApiName &&
        childObjectApiName === object &&
        fieldName === lookup,
    );
  }

  get isEmpty() {
    return this.shown.length === 0;
  }

  get query() {
    if (this.isEmpty) return undefined;
    const parts = this.shown.map(({ object, lookup, fields, alias }) =>
      listQuery(objectInfo(object), {
        alias,
        columns: fields,
        first: mostRows,
        where: `{ ${lookup}: { eq: $recordId } }`,
      }),
    );
    return `query relatedLists($recordId: ID) { uiapi { query { ${parts.join('\n')} } } }`;
  }

  get variables() {
    return { recordId: this.context.recordId };
  }

  @wire(graphql, { query: '$query', variables: '$variables' })
  take(result) {
    this.result = result;
  }

  get failure() {
    return this.result.errors?.map(({ message }) => message).join(' ');
  }

  get lists() {
    const answers = this.result.data?.uiapi.query;
    if (!answers) return [];
    return this.shown.map(({ object, fields, alias }) => {
      const { edges, totalCount } = answers[alias];
      const info = objectInfo(object);
      const count = totalCount > edges.length ? `${edges.length}+` : String(edges.length);
      return {
        key: alias,
        label: info.labelPlural,
        heading: `${info.labelPlural} (${count})`,
        nodes: edges.map(({ node }) => node),
        columns: fields,
        objectInfo: info,
      };
    });
  }
}
