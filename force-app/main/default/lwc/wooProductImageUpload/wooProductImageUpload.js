import { LightningElement, api } from 'lwc';
import { format } from 'c/wooFormat';
import addUploaded from '@salesforce/label/c.Woo_Images_Add_Uploaded';
import dismiss from '@salesforce/label/c.Woo_Images_Dismiss';
import upload from '@salesforce/label/c.Woo_Images_Upload';
import uploaded from '@salesforce/label/c.Woo_Images_Uploaded';
import uploadedFeatured from '@salesforce/label/c.Woo_Images_Uploaded_Featured';

/**
 * Uploads images to the product.
 * @fires uploaded with the ids of the new files
 * @fires add when they are to go to the gallery
 * @fires close when the notice is read
 */
export default class WooProductImageUpload extends LightningElement {
    @api recordId;
    /** `{ count: number, rest: string[], isFeatured: boolean }` of the last upload: `rest` can go to the gallery. */
    @api uploaded;

    label = { dismiss, upload };
    accept = ['.png', '.jpg', '.jpeg', '.gif', '.webp'];

    get text() {
        const { count, isFeatured } = this.uploaded;
        return format(isFeatured ? uploadedFeatured : uploaded, count);
    }

    get addText() {
        return format(addUploaded, this.uploaded.rest.length);
    }

    get canAdd() {
        return this.uploaded.rest.length > 0;
    }

    handleUpload({ detail: { files } }) {
        this.dispatchEvent(new CustomEvent('uploaded', { detail: files.map(({ documentId }) => documentId) }));
    }

    handleAdd() {
        this.dispatchEvent(new CustomEvent('add'));
    }

    handleClose() {
        this.dispatchEvent(new CustomEvent('close'));
    }
}
