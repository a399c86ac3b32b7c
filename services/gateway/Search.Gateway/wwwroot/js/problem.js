/** What went wrong, in the words of the service where it has some (RFC 9457 problem details). */
export class Problem extends Error {
  constructor({ status = 0, title, detail = '', retryAfter = null }) {
    super(title);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  get needsKey() { return this.status === 401 || this.status === 403; }

  static unreachable() {
    return new Problem({
      title: 'The service cannot be reached',
      detail: 'Check the connection, and that the service is running, then try again.',
    });
  }

  static async from(response) {
    const said = await readDetails(response);
    return new Problem({
      status: response.status,
      title: said.title || fallbackTitles[response.status] || `The service answered ${response.status}`,
      detail: said.detail || '',
      retryAfter: retryAfterSeconds(response.headers.get('Retry-After')),
    });
  }
}

// For answers that a proxy in between gave, in no words of ours.
const fallbackTitles = {
  401: 'An API key is needed',
  403: 'This API key may not do that',
  404: 'There is nothing here by that name',
  413: 'This photo is too large',
  415: 'This is not an image we can read',
  422: 'This image has too many pixels',
  429: 'Too many searches in a short time',
  502: 'The service is not ready yet',
  503: 'The service is busy',
  504: 'The service took too long',
};

async function readDetails(response) {
  try {
    const type = response.headers.get('Content-Type') ?? '';
    return type.includes('json') ? await response.json() ?? {} : {};
  } catch {
    return {};
  }
}

/** Seconds to wait; the header holds seconds or a date. */
function retryAfterSeconds(header) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}
