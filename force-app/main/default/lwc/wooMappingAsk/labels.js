import cancelled from '@salesforce/label/c.Woo_Ask_Cancelled';
import gone from '@salesforce/label/c.Woo_Ask_Gone';
import silent from '@salesforce/label/c.Woo_Ask_Silent';
import spent from '@salesforce/label/c.Woo_Ask_Spent';
import unread from '@salesforce/label/c.Woo_Ask_Unread';
import unreadable from '@salesforce/label/c.Woo_Ask_Unreadable';

export const label = { cancelled, gone, silent, spent, unread, unreadable };
