#include "s3conn/base/url.h"
