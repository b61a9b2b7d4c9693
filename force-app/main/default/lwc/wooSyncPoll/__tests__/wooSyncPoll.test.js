import { Poll } from 'c/wooSyncPoll';

const SECONDS = 1000;

function started(look = jest.fn(() => Promise.resolve())) {
    const callbacks = { look, rested: jest.fn(), gaveUp: jest.fn() };
    return { poll: new Poll(callbacks), ...callbacks };
}

describe('Poll', () => {
    beforeEach(() => jest.useFakeTimers());
    afterEach(() => {
        jest.useRealTimers();
        jest.restoreAllMocks();
    });

    it('asks nothing while there is nothing to wait for', async () => {
        const { poll, look } = started();
        poll.watch(null);
        await jest.advanceTimersByTimeAsync(60 * SECONDS);
        expect(look).not.toHaveBeenCalled();
    });

    it('looks every three seconds, and gives up after three minutes without a change', async () => {
        const { poll, look, gaveUp } = started();
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(9 * SECONDS);
        expect(look).toHaveBeenCalledTimes(3);
        await jest.advanceTimersByTimeAsync(171 * SECONDS);
        expect(gaveUp).toHaveBeenCalledTimes(1);
        await jest.advanceTimersByTimeAsync(600 * SECONDS);
        expect(look).toHaveBeenCalledTimes(60);
    });

    it('has new patience with each change', async () => {
        const { poll, gaveUp } = started();
        poll.watch('0 %');
        await jest.advanceTimersByTimeAsync(150 * SECONDS);
        poll.watch('10 %');
        await jest.advanceTimersByTimeAsync(150 * SECONDS);
        expect(gaveUp).not.toHaveBeenCalled();
        await jest.advanceTimersByTimeAsync(60 * SECONDS);
        expect(gaveUp).toHaveBeenCalledTimes(1);
    });

    it('waits for the last words, and rests', async () => {
        const { poll, look, rested, gaveUp } = started();
        poll.watch('running');
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        poll.watch(null);
        await jest.advanceTimersByTimeAsync(600 * SECONDS);
        expect(rested).toHaveBeenCalledTimes(1);
        expect(gaveUp).not.toHaveBeenCalled();
        expect(look).toHaveBeenCalledTimes(13);
    });

    it('leaves a hidden page alone', async () => {
        const { poll, look } = started();
        const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(600 * SECONDS);
        expect(look).not.toHaveBeenCalled();
        visibility.mockReturnValue('visible');
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        expect(look).toHaveBeenCalledTimes(1);
    });

    it('ends when asking fails, and goes on when somebody asks again', async () => {
        const look = jest.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue();
        const { poll, gaveUp } = started(look);
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(60 * SECONDS);
        expect(look).toHaveBeenCalledTimes(1);
        expect(gaveUp).toHaveBeenCalledWith(new Error('offline'));
        poll.renew();
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        expect(look).toHaveBeenCalledTimes(2);
    });

    it('gives up once, also when the last look fails', async () => {
        const look = jest.fn(() => Promise.resolve());
        const { poll, gaveUp } = started(look);
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(177 * SECONDS);
        look.mockRejectedValueOnce(new Error('offline'));
        await jest.advanceTimersByTimeAsync(600 * SECONDS);
        expect(look).toHaveBeenCalledTimes(60);
        expect(gaveUp).toHaveBeenCalledTimes(1);
    });

    it('looks at once when asked, and goes on as before', async () => {
        const { poll, look } = started();
        poll.watch('given');
        await poll.look();
        expect(look).toHaveBeenCalledTimes(1);
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        expect(look).toHaveBeenCalledTimes(2);
        poll.stop();
        poll.renew();
        await jest.advanceTimersByTimeAsync(60 * SECONDS);
        expect(look).toHaveBeenCalledTimes(2);
    });

    it('is over when its page is gone, also while it asks', async () => {
        let answer;
        const { poll, look } = started(jest.fn(() => new Promise((resolve) => (answer = resolve))));
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        poll.stop();
        answer();
        await jest.advanceTimersByTimeAsync(600 * SECONDS);
        expect(look).toHaveBeenCalledTimes(1);
        poll.watch('waiting');
        await jest.advanceTimersByTimeAsync(3 * SECONDS);
        expect(look).toHaveBeenCalledTimes(2);
    });
});
