import { dayOf, daysTo, formatDay, plusDays, startOf, weekTo } from 'c/wooDays';

const at = (day, zone) => startOf(day, zone).toISOString();

describe('c/wooDays', () => {
    it.each([
        ['Asia/Tokyo', '2026-11-28', '2026-11-27T15:00:00.000Z'],
        ['America/New_York', '2026-11-28', '2026-11-28T05:00:00.000Z'],
        ['Asia/Kolkata', '2026-11-28', '2026-11-27T18:30:00.000Z'],
        ['Pacific/Kiritimati', '2026-11-28', '2026-11-27T10:00:00.000Z'],
        ['Pacific/Pago_Pago', '2026-11-28', '2026-11-28T11:00:00.000Z'],
        ['UTC', '2026-11-28', '2026-11-28T00:00:00.000Z']
    ])('a day begins at midnight in %s', (zone, day, start) => {
        expect(at(day, zone)).toBe(start);
    });

    it('a day on which clocks change has 23 or 25 hours', () => {
        expect(at('2026-03-08', 'America/New_York')).toBe('2026-03-08T05:00:00.000Z');
        expect(at('2026-03-09', 'America/New_York')).toBe('2026-03-09T04:00:00.000Z');
        expect(at('2026-11-01', 'America/New_York')).toBe('2026-11-01T04:00:00.000Z');
        expect(at('2026-11-02', 'America/New_York')).toBe('2026-11-02T05:00:00.000Z');
    });

    it('a day without a midnight begins at one, and none of its moments is of the day before', () => {
        expect(at('2026-04-24', 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
        expect(dayOf(startOf('2026-04-24', 'Africa/Cairo') - 1, 'Africa/Cairo')).toBe('2026-04-23');
    });

    it('an order at 23:30 in New York is of that day there, and of the next in Tokyo', () => {
        const placed = new Date('2026-11-29T04:30:00Z');
        expect(dayOf(placed, 'America/New_York')).toBe('2026-11-28');
        expect(dayOf(placed, 'Asia/Tokyo')).toBe('2026-11-29');
        expect(dayOf(new Date('2026-11-28T14:30:00Z'), 'Asia/Tokyo')).toBe('2026-11-28');
    });

    it('counts days over the end of a month and of a year', () => {
        expect(daysTo('2027-01-01', 3)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01']);
        expect(plusDays('2028-02-28', 1)).toBe('2028-02-29');
    });

    it('a week begins as the locale begins it', () => {
        expect(weekTo('2026-11-28', 'en-US')[0]).toBe('2026-11-22');
        expect(weekTo('2026-11-28', 'de-DE')[0]).toBe('2026-11-23');
        expect(weekTo('2026-11-29', 'en-US')).toEqual(['2026-11-29']);
        expect(weekTo('2026-11-29', 'de-DE')).toHaveLength(7);
    });

    it('a day reads in the words of the locale', () => {
        expect(formatDay('2026-11-28', 'en-US')).toBe('Sat, Nov 28');
    });
});
