import { isOwnStatus, stepsOf } from '../steps';

const never = { paid: false, completed: false };
const path = (status, milestones = never) =>
    stepsOf(status, milestones)
        .map((step) => `${step.status} ${step.state}`)
        .join(', ');

describe('steps of an order', () => {
    it.each([
        ['pending', 'pending now, processing ahead, completed ahead'],
        ['processing', 'pending done, processing now, completed ahead'],
        ['completed', 'pending done, processing done, completed now'],
        ['on-hold', 'pending done, on-hold now, processing ahead, completed ahead']
    ])('%s stands on the road', (status, expected) => {
        expect(path(status)).toBe(expected);
    });

    it('shows how far an order came before it ended', () => {
        expect(path('failed')).toBe('pending done, failed ended');
        expect(path('cancelled', { paid: true, completed: false })).toBe(
            'pending done, processing done, cancelled ended'
        );
        expect(path('refunded', { paid: true, completed: true })).toBe(
            'pending done, processing done, completed done, refunded ended'
        );
    });

    it("promises nothing after a status of the shop's own", () => {
        expect(path('shipped', { paid: true, completed: false })).toBe('pending done, processing done, shipped now');
        expect([isOwnStatus('shipped'), isOwnStatus('on-hold'), isOwnStatus('failed'), isOwnStatus('pending')]).toEqual(
            [true, false, false, false]
        );
    });
});
