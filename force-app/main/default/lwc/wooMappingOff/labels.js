import bringBack from '@salesforce/label/c.Woo_Mappings_Bring_Back';
import download from '@salesforce/label/c.Woo_Mappings_Remove_Download';
import heading from '@salesforce/label/c.Woo_Mappings_Off_Heading';
import mapping from '@salesforce/label/c.Woo_Mappings_Off_Mapping';
import removeHeading from '@salesforce/label/c.Woo_Mappings_Remove_Heading';
import removeText from '@salesforce/label/c.Woo_Mappings_Remove_Text';
import text from '@salesforce/label/c.Woo_Mappings_Off_Text';

export const label = { bringBack, download, heading, mapping, removeHeading, removeText, text };
