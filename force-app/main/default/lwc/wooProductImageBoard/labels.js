import title from '@salesforce/label/c.Woo_Images_Title';
import help from '@salesforce/label/c.Woo_Images_Help';
import helpTouch from '@salesforce/label/c.Woo_Images_Help_Touch';
import featured from '@salesforce/label/c.Woo_Images_Featured';
import gallery from '@salesforce/label/c.Woo_Images_Gallery';
import files from '@salesforce/label/c.Woo_Images_Files';
import filesNote from '@salesforce/label/c.Woo_Images_Files_Note';
import count from '@salesforce/label/c.Woo_Images_Count';
import featuredEmpty from '@salesforce/label/c.Woo_Images_Featured_Empty';
import galleryEmpty from '@salesforce/label/c.Woo_Images_Gallery_Empty';
import filesEmpty from '@salesforce/label/c.Woo_Images_Files_Empty';
import nothing from '@salesforce/label/c.Woo_Images_Nothing';
import nothingUpload from '@salesforce/label/c.Woo_Images_Nothing_Upload';
import readOnlyEmpty from '@salesforce/label/c.Woo_Images_Read_Only_Empty';
import full from '@salesforce/label/c.Woo_Images_Full';
import variation from '@salesforce/label/c.Woo_Images_Variation';
import feature from '@salesforce/label/c.Woo_Images_Feature';
import add from '@salesforce/label/c.Woo_Images_Add';
import addFull from '@salesforce/label/c.Woo_Images_Add_Full';
import earlier from '@salesforce/label/c.Woo_Images_Earlier';
import later from '@salesforce/label/c.Woo_Images_Later';
import remove from '@salesforce/label/c.Woo_Images_Remove';
import typeBadge from '@salesforce/label/c.Woo_Images_Type_Badge';
import typeReason from '@salesforce/label/c.Woo_Images_Type_Reason';
import sizeBadge from '@salesforce/label/c.Woo_Images_Size_Badge';
import sizeReason from '@salesforce/label/c.Woo_Images_Size_Reason';
import emptyBadge from '@salesforce/label/c.Woo_Images_Empty_Badge';
import emptyReason from '@salesforce/label/c.Woo_Images_Empty_Reason';
import missingTitle from '@salesforce/label/c.Woo_Images_Missing_Title';
import missingBadge from '@salesforce/label/c.Woo_Images_Missing_Badge';
import missingReason from '@salesforce/label/c.Woo_Images_Missing_Reason';
import textBadge from '@salesforce/label/c.Woo_Images_Text_Badge';
import textReason from '@salesforce/label/c.Woo_Images_Text_Reason';
import extraBadge from '@salesforce/label/c.Woo_Images_Extra_Badge';
import extraReason from '@salesforce/label/c.Woo_Images_Extra_Reason';
import readOnly from '@salesforce/label/c.Woo_Images_Read_Only';
import notApplied from '@salesforce/label/c.Woo_Images_Not_Applied';
import more from '@salesforce/label/c.Woo_Images_More';
import saidFeatured from '@salesforce/label/c.Woo_Images_Said_Featured';
import saidPlaced from '@salesforce/label/c.Woo_Images_Said_Placed';
import saidRemoved from '@salesforce/label/c.Woo_Images_Said_Removed';
import saidUndone from '@salesforce/label/c.Woo_Images_Said_Undone';

/** The texts of the image manager. */
export const labels = {
    title,
    help,
    helpTouch,
    featured,
    gallery,
    files,
    filesNote,
    count,
    featuredEmpty,
    galleryEmpty,
    filesEmpty,
    nothing,
    nothingUpload,
    readOnlyEmpty,
    full,
    variation,
    feature,
    add,
    addFull,
    earlier,
    later,
    remove,
    typeBadge,
    typeReason,
    sizeBadge,
    sizeReason,
    emptyBadge,
    emptyReason,
    missingTitle,
    missingBadge,
    missingReason,
    textBadge,
    textReason,
    extraBadge,
    extraReason,
    readOnly,
    notApplied,
    more,
    saidFeatured,
    saidPlaced,
    saidRemoved,
    saidUndone
};
