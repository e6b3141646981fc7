export const collaboration = {
  tabs: 'About the candidate',
  tab: { resume: 'Resume', review: 'Review', contact: 'Contact', activity: 'Activity' },
  noApplication: 'There is no application here to write about or to arrange an interview for.',
}
