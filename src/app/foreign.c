/* SPDX-License-Identifier: EUPL-1.2 */
#include "app/foreign.h"

#include "app/config.h"

static const char died[] =
	"the reader died over this file, which needs too much time or memory, or is made to do harm: save it "
	"anew from the program it was made with";

int foreign_open(const struct options *o, struct foreign *out, struct err *e)
{
	struct config c;

	if (config_read(o->config, o->db, &c, e))
		return -1;
	*out = (struct foreign){ .pages = c.document_pages };
	config_release(&c);
	return 0;
}

void foreign_close(struct foreign *f)
{
	reader_stop(f->reader);
	f->reader = NULL;
}

static int start(struct foreign *f, struct err *e)
{
	return f->reader ? 0 : reader_start(&f->reader, e);
}

int foreign_document(struct foreign *f, struct arena *a, const struct buf *bytes, const char **text,
                     const char **fault, struct err *e)
{
	struct document d;

	if (start(f, e))
		return -1;
	int ok = reader_document(f->reader, a, bytes->data, bytes->len, f->pages, &d, e);
	*text = ok > 0 ? d.text : NULL;
	*fault = ok > 0 ? d.fault : died;
	return ok < 0 ? -1 : *text != NULL;
}

int foreign_meetings(struct foreign *f, struct arena *a, const struct buf *bytes,
                     struct calendar_file *out, const char **fault, struct err *e)
{
	if (start(f, e))
		return -1;
	int ok = reader_meetings(f->reader, a, bytes->data, bytes->len, out, e);
	*fault = ok ? NULL : died;
	return ok;
}
