/** Names that layouts and list views have for standard fields. */
const standardColumns: Readonly<Record<string, string>> = {
  NAME: 'Name',
  FULL_NAME: 'Name',
  CUSTOMER_PRODUCT_ID: 'ProductCode',
  STOCK_KEEPING_UNIT: 'StockKeepingUnit',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  CREATEDBY_USER: 'CreatedById',
  UPDATEDBY_USER: 'LastModifiedById',
};

/** The API name of a column: `NAME` and `Account.NAME` are `Name`, custom fields stay. */
export function fieldOfColumn(column: string): string {
  const last = column.split('.').at(-1) ?? column;
  return standardColumns[last] ?? last;
}
