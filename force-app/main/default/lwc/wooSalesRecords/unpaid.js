/**
 * What a shop owner does not count as sold: not paid, given back, or never an order. Every other status counts, so that
 * those that plugins add after payment (shipped, ready for pickup …) do. The label help of "Spent" says the same.
 */
export const UNPAID = [
    'pending',
    'on-hold',
    'failed',
    'cancelled',
    'refunded',
    'checkout-draft',
    'draft',
    'auto-draft',
    'trash'
];
