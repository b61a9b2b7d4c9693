import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import { readable } from 'c/wooFormat';
import { isAnswerTo, readIn, readQuery } from 'c/wooMatchRecords';

/**
 * Reads records that rows of matches name, as they are now. Shows nothing: a wire, by which alone a page reads records,
 * needs a component.
 */
export default class WooMatchReader extends LightningElement {
    query;
    /** So that no answer that Lightning Data Service still has is taken for a later one. */
    turn = 0;
    /** `{ parts, resolve, reject }` of the question under way. */
    asked = null;
    /** Ends with the question under way: there is one wire. */
    before = Promise.resolve();

    @wire(graphql, { query: '$query' })
    wiredRecords({ data, errors }) {
        const { asked } = this;
        const found = readable(data?.uiapi?.query);
        // What may not be seen is missing in the data, with an error beside it.
        if (asked && found && isAnswerTo(asked.parts, found)) asked.resolve(readIn(found, asked.parts));
        else if (asked && errors && !found) asked.reject(errors);
    }

    /**
     * @param {object[]} rows as `c/wooMatches` has them, two hundred at the most
     * @param {{ withChoices?: boolean }} options whether what people have decided of them is read too
     * @returns {Promise<{ records: Map<string, object>, choices: Map<string, object> }>} what the viewer may see, by id and
     *   by match key
     * @throws the errors of GraphQL
     */
    @api
    read(rows, { withChoices = false } = {}) {
        const answer = this.before.then(() => this.ask(rows, withChoices));
        this.before = answer.catch(() => undefined);
        return answer;
    }

    ask(rows, withChoices) {
        this.turn += 1;
        const question = readQuery(rows, { turn: this.turn, withChoices });
        if (!question) return readIn({}, []);
        return new Promise((resolve, reject) => {
            this.asked = { parts: question.parts, resolve, reject };
            this.query = question.query;
        });
    }
}
