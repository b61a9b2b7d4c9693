import { label } from './labels';
import { customerRows, dayRows, productRows, refundRows, statusRows } from './rows';

/**
 * The charts of a period in one currency, each as `c-woo-chart` takes it.
 * @param {{ days: object[], products: object, refunds: object[], customers: object, earlier: string[] }} sales
 * @param {string} currency
 */
export function chartsOf({ days, products, refunds, customers, earlier }, currency) {
    const groups = days.flatMap((one) => one.groups);
    const charts = {
        day: {
            heading: label.byDay,
            nameLabel: label.day,
            noteLabel: label.orders,
            valueLabel: label.amount,
            isUpright: true,
            rows: dayRows(days, currency)
        },
        product: {
            heading: label.byProduct,
            nameLabel: label.product,
            noteLabel: label.quantity,
            valueLabel: label.amount,
            rows: productRows(products, currency)
        },
        status: {
            heading: label.byStatus,
            nameLabel: label.status,
            valueLabel: label.orders,
            rows: statusRows(groups, currency)
        },
        refunds: {
            heading: label.refunds,
            nameLabel: label.refunds,
            noteLabel: label.count,
            valueLabel: label.amount,
            empty: label.noRefunds,
            rows: refundRows(refunds, currency)
        },
        customers: {
            heading: label.customers,
            nameLabel: label.customer,
            valueLabel: label.count,
            ...(customers.isCut
                ? { empty: label.customersCut, rows: [] }
                : { rows: customerRows(customers.buyers, earlier, currency) })
        }
    };
    return Object.entries(charts).map(([key, chart]) => ({
        key,
        empty: label.none,
        isUpright: false,
        ...chart,
        heading: `${chart.heading} (${currency || label.noCurrency})`
    }));
}
